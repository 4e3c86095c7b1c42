/** What is particular to sessions in SQLite; what all stores keep to is in test/contract. */
import { describe, expect, it } from '@jest/globals';
import { at, newSession } from '../../../test/support/rows.js';
import { databases, plansOf } from '../../../test/support/sqlite.js';
import type { SessionQuery } from './sessions.store.js';
import { SqliteSessionsStore } from './sessions.store.sqlite.js';

const open = databases();
const week = 7 * 24 * 60 * 60;

describe('lists of sessions', () => {
  const live = { state: { is: 'live', at: at(1) } } as const;
  const expired = { state: { is: 'expired', at: at(1) } } as const;
  const ended = { state: { is: 'ended', at: at(1) } } as const;
  const bySeen = { sort: '-lastSeenAt' } as const;

  it.each<[Partial<SessionQuery>, string]>([
    [{}, 'COVERING INDEX sessions_by_created_at'],
    [{ userId: 'ada' }, 'COVERING INDEX sessions_by_user'],
    [{ application: 'default' }, 'COVERING INDEX sessions_by_application'],
    [{ ip: '203.0.113.7' }, 'COVERING INDEX sessions_by_ip'],
    [live, 'COVERING INDEX sessions_by_created_at'],
    [ended, 'COVERING INDEX sessions_by_created_at'],
    [{ application: 'default', ...expired }, 'COVERING INDEX sessions_by_application'],
    [{ userId: 'ada', ...live }, 'INDEX sessions_by_user'],
    [{ ip: '203.0.113.7', ...live }, 'INDEX sessions_by_ip'],
    [bySeen, 'COVERING INDEX sessions_by_last_seen_at'],
    [{ ...live, ...bySeen }, 'COVERING INDEX sessions_by_last_seen_at'],
    [{ ...expired, ...bySeen }, 'COVERING INDEX sessions_by_last_seen_at'],
    [{ ...ended, sort: 'lastSeenAt' }, 'COVERING INDEX sessions_by_last_seen_at'],
    [
      { application: 'default', ...ended, ...bySeen },
      'COVERING INDEX sessions_by_application_seen',
    ],
    [{ application: 'default', ...bySeen }, 'COVERING INDEX sessions_by_application_seen'],
    [{ userId: 'ada', ...bySeen }, 'COVERING INDEX sessions_by_user_seen'],
    [{ ip: '203.0.113.7', ...ended, ...bySeen }, 'INDEX sessions_by_ip_seen'],
  ])('of %j are counted and found by an index, in its order', async (query, index) => {
    const database = open();
    const sessions = new SqliteSessionsStore(database);
    const end = { at: at(0), reason: 'logout', by: 'ada' };
    for (const [name, given] of [
      ['live', {}],
      ['expired', { idleExpiresAt: at(0) }],
      ['ended', { end }],
    ] as const) {
      for (const n of [1, 2]) await sessions.insert(newSession(`${name}${n}`, given));
    }
    const cursor = (await sessions.list({ ...query, limit: 1 })).nextCursor ?? '';
    const [, first] = await plansOf(database, () => sessions.list({ ...query, limit: 1 }));
    const [count, second, rows] = await plansOf(database, () =>
      sessions.list({ ...query, limit: 1, cursor }),
    );
    expect(count).toContain('INDEX');
    expect(first).toContain(index);
    expect(second).toContain(`SEARCH sessions USING ${index}`);
    expect([first, second].join()).not.toContain('TEMP B-TREE FOR ORDER BY');
    expect(rows).toContain('SEARCH sessions USING INDEX sqlite_autoindex_sessions_1 (id=?)');
  });

  it('that are live are counted among those that have not ended, by the index alone', async () => {
    const database = open();
    const sessions = new SqliteSessionsStore(database);
    const plans = await plansOf(database, async () => {
      await sessions.countLive(at(1));
      await sessions.countLiveUsers(at(1));
      await sessions.countLive(at(1), { seenFrom: at(0), seenBefore: at(1) });
    });
    const search = (index: string): unknown =>
      expect.stringContaining(`SEARCH sessions USING COVERING INDEX ${index}`);
    expect(plans).toEqual(
      ['sessions_not_ended', 'sessions_not_ended', 'sessions_by_last_seen_at'].map(search),
    );
  });

  it('of an application, a user, an address and by a beginning of the id are found by indexes', async () => {
    const database = open();
    const sessions = new SqliteSessionsStore(database);
    const plans = await plansOf(database, async () => {
      await sessions.countLive(at(1), { application: 'default' });
      await sessions.activityOf(['ada'], at(1));
      await sessions.usersFrom('203.0.113.7', 10);
      await sessions.findByPrefix('s');
    });
    expect(plans).toEqual([
      expect.stringContaining('COVERING INDEX sessions_by_application'),
      expect.stringContaining('INDEX sessions_by_user'),
      expect.stringContaining('INDEX sessions_by_ip'),
      expect.stringContaining('INDEX sqlite_autoindex_sessions_1 (id>? AND id<?)'),
    ]);
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

describe('a session from before it was kept what it was opened with', () => {
  it('ends by whatever ends sessions', async () => {
    const database = open();
    const sessions = new SqliteSessionsStore(database);
    database.run(
      `INSERT INTO sessions (id, user_id, application, created_at, expires_at, idle_expires_at,
          last_seen_at, ip, user_agent) VALUES ('old', 'ada', 'default', ?, ?, ?, ?, '', '')`,
      ...[at(0), at(9), at(9), at(0)],
    );
    expect(await sessions.findById('old')).toMatchObject({
      openedWith: { user: 0, application: 0, issuer: 0 },
    });
    const end = { at: at(1), reason: 'revoked', by: 'cli' };
    expect(await sessions.endAll({ openedBelow: { issuer: 1 } }, end)).toBe(1);
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
