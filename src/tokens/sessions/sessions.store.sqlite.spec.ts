/** What is particular to sessions in SQLite; what all stores keep to is in test/contract. */
import { describe, expect, it } from '@jest/globals';
import { at, newSession } from '../../../test/support/rows.js';
import { databases, plansOf } from '../../../test/support/sqlite.js';
import type { SessionQuery } from './sessions.store.js';
import { SqliteSessionsStore } from './sessions.store.sqlite.js';

const open = databases();
const week = 7 * 24 * 60 * 60;

describe('lists of sessions', () => {
  it.each<[Partial<SessionQuery>, string]>([
    [{}, 'sessions_by_created_at'],
    [{ userId: 'ada' }, 'sessions_by_user'],
    [{ application: 'default' }, 'sessions_by_application'],
    [{ ip: '203.0.113.7' }, 'sessions_by_ip'],
    [{ state: { is: 'live', at: at(1) } }, 'sessions_by_created_at'],
    [{ userId: 'ada', state: { is: 'live', at: at(1) } }, 'sessions_by_user'],
  ])('of %j are counted and read by an index, in its order', async (query, index) => {
    const database = open();
    const sessions = new SqliteSessionsStore(database);
    for (const id of ['s1', 's2', 's3']) await sessions.insert(newSession(id));
    const cursor = (await sessions.list({ ...query, limit: 1 })).nextCursor ?? '';
    const [, first] = await plansOf(database, () => sessions.list({ ...query, limit: 1 }));
    const [count, second] = await plansOf(database, () =>
      sessions.list({ ...query, limit: 1, cursor }),
    );
    expect(count).toContain('INDEX');
    expect(first).toContain(`INDEX ${index}`);
    expect(second).toContain(`SEARCH sessions USING INDEX ${index}`);
    expect([first, second].join()).not.toContain('TEMP B-TREE FOR ORDER BY');
  });

  it('that are live are counted among those that have not ended', async () => {
    const database = open();
    const sessions = new SqliteSessionsStore(database);
    const [plan] = await plansOf(database, () => sessions.countLive(at(1)));
    expect(plan).toBe('SEARCH sessions USING INDEX sessions_not_ended (idle_expires_at>?)');
  });
});

describe('old sessions', () => {
  it('go, a few with each login, a week after their absolute end', async () => {
    const database = open();
    const sessions = new SqliteSessionsStore(database);
    for (const n of Array(10).keys()) {
      await sessions.insert(newSession(`old${n}`, { expiresAt: at(n) }));
    }
    await sessions.insert(newSession('kept', { expiresAt: at(1000) }));
    const ids = (): string[] =>
      database.all('SELECT id FROM sessions ORDER BY expires_at').map((row) => row.text('id'));

    const later = { createdAt: at(1000 + week), expiresAt: at(9_000_000) };
    await sessions.insert(newSession('new1', later));
    expect(ids()).toEqual(['old4', 'old5', 'old6', 'old7', 'old8', 'old9', 'kept', 'new1']);
    await sessions.insert(newSession('new2', later));
    await sessions.insert(newSession('new3', later));
    expect(ids()).toEqual(['kept', 'new1', 'new2', 'new3']);
    await sessions.insert(newSession('new4', { ...later, createdAt: at(1000.001 + week) }));
    expect(ids()).toEqual(['new1', 'new2', 'new3', 'new4']);
  });

  it('are found by an index', () => {
    const plan = open().all(
      'EXPLAIN QUERY PLAN SELECT id FROM sessions WHERE expires_at < ? ORDER BY expires_at LIMIT 4',
      at(0),
    );
    expect(plan.map((row) => row.text('detail'))).toEqual([
      'SEARCH sessions USING INDEX sessions_by_expires_at (expires_at<?)',
    ]);
  });
});

describe('ending everybody’s sessions', () => {
  it('lets others come in between', async () => {
    const database = open();
    const sessions = new SqliteSessionsStore(database);
    for (const n of Array(1200).keys()) await sessions.insert(newSession(`s${n}`));
    const ending = sessions.endAll({}, { at: at(1), reason: 'revoked', by: 'cli' });
    const rest = await sessions.countLive(at(1));
    expect(rest).toBeGreaterThan(0);
    expect(await ending).toBe(1200);
    expect(await sessions.countLive(at(1))).toBe(0);
  });
});
