/** What is particular to the log in SQLite; what every log keeps to is in test/contract. */
import { describe, expect, it, jest } from '@jest/globals';
import { newUser } from '../../../../test/support/rows.js';
import { entryOf, firstPoll, newEvents, numberedEvents } from '../../../../test/support/polls.js';
import { databases, folders } from '../../../../test/support/sqlite.js';
import { SqliteDatabase } from '../../../storage/sqlite/database.js';
import { SqliteUsersStore } from '../../../users/users.store.sqlite.js';
import { SqliteRevocationLog } from './revocation-log.sqlite.js';

const open = databases();
const newFolder = folders();

/** Works on a log, and then ends it as a process does. */
async function once<T>(folder: string, work: (log: SqliteRevocationLog) => Promise<T>): Promise<T> {
  const database = new SqliteDatabase(folder);
  try {
    return await work(new SqliteRevocationLog(database));
  } finally {
    database.close();
  }
}

describe('a restart', () => {
  it('finds the same log, and goes on counting', async () => {
    const folder = newFolder();
    const { log } = await once(folder, (first) => first.append(newEvents(1_100)));
    const again = new SqliteRevocationLog(open(folder));
    expect(await again.readHead()).toEqual({ log, seq: 1_100, nodes: [] });
    expect((await again.append(newEvents(1, 1_101))).seq).toBe(1_101);
    const reply = await again.poll(firstPoll('n1', { log, after: 101, acked: 101 }));
    expect(reply).toMatchObject({ gap: false, events: numberedEvents(102, 1_101) });
  });

  it('finds the nodes of services, as they joined, and none of the server’s', async () => {
    const folder = newFolder();
    await once(folder, async (log) => {
      const { log: id } = await log.append(newEvents(5));
      for (const polls of [1, 2, 3]) {
        const acked = polls + 2;
        const request = { log: id, polls, acked, after: acked };
        await log.poll(firstPoll('own', request));
        await log.poll(firstPoll('app/n1', { ...request, kind: 'service', leaseMs: 4_000 }));
      }
      await log.poll(firstPoll('app/left', { kind: 'service' }));
      await log.poll(firstPoll('app/expelled', { kind: 'service', polls: 8 }));
      await log.leave('app/left');
      await log.expel(id, 'app/expelled', 8);
    });
    const { nodes } = await new SqliteRevocationLog(open(folder)).readHead();
    expect(nodes).toEqual([
      {
        ...{ id: 'app/n1', kind: 'service', acked: 3, polls: 1, leaseMs: 4_000 },
        polledAt: expect.any(Date),
      },
    ]);
  });

  it('finds the longest lease that a node was given', async () => {
    const folder = newFolder();
    await once(folder, async (log) => {
      for (const leaseMs of [4_000, 6_000, 5_000]) {
        await log.poll(firstPoll('app/n1', { kind: 'service', leaseMs }));
      }
    });
    const log = new SqliteRevocationLog(open(folder));
    expect(await entryOf(log, 'app/n1')).toMatchObject({ leaseMs: 6_000 });
  });
});

describe('a poll', () => {
  it('writes nothing once the node is known', async () => {
    const database = open();
    const log = new SqliteRevocationLog(database);
    await log.poll(firstPoll('n1'));
    const run = jest.spyOn(database, 'run');
    for (const polls of [2, 3, 4]) await log.poll(firstPoll('n1', { polls }));
    expect(run).not.toHaveBeenCalled();
    expect(await entryOf(log, 'n1')).toMatchObject({ polls: 4 });
  });

  it.each<[string, (log: SqliteRevocationLog) => Promise<unknown>]>([
    ['its own row', (log) => log.poll(firstPoll('n1', { kind: 'service', leaseMs: 6_000 }))],
    ['taking it out', (log) => log.leave('n1')],
    ['expelling it', async (log) => log.expel((await log.readHead()).log, 'n1', 1)],
  ])('writes the node down again after %s has failed', async (_, fail) => {
    const folder = newFolder();
    await once(folder, async (log) => {
      await log.poll(firstPoll('n1', { kind: 'service' }));
      const failing = jest.spyOn(SqliteDatabase.prototype, 'run').mockImplementation(() => {
        throw new Error('the disk is full');
      });
      await expect(fail(log)).rejects.toThrow('the disk is full');
      // It cannot be known whether the row was changed: here it was.
      failing.mockRestore();
      const { database } = log as unknown as { database: SqliteDatabase };
      database.run('DELETE FROM revocation_nodes');
      await log.poll(firstPoll('n1', { kind: 'service', polls: 2 }));
    });
    const log = new SqliteRevocationLog(open(folder));
    expect(await entryOf(log, 'n1')).toMatchObject({ polls: 2 });
  });
});

describe('the birth of a log', () => {
  it('is that of the database when nobody had an account before', async () => {
    const database = open();
    const log = new SqliteRevocationLog(database);
    await new SqliteUsersStore(database).insert(newUser('ada'));
    expect((await log.append(newEvents(1))).logAgeMs).toBeNull();
    expect((await new SqliteRevocationLog(database).append(newEvents(1))).logAgeMs).toBeNull();
  });

  it('is later in a database of an earlier release', async () => {
    const folder = newFolder();
    const old = open(folder);
    await new SqliteUsersStore(old).insert(newUser('ada'));
    old.exec(`DROP TABLE revocation_log; DROP TABLE revocation_events; DROP TABLE revocation_nodes;
      DROP TABLE user_terms; DROP INDEX sessions_by_last_seen_at; DROP INDEX sessions_by_user_seen;
      DROP INDEX sessions_by_application_seen; DROP INDEX sessions_by_ip_seen;
      DROP INDEX audit_by_outcome; DROP INDEX audit_by_result; DROP INDEX audit_by_ip;
      DROP INDEX audit_by_request; ALTER TABLE sessions DROP COLUMN user_version;
      ALTER TABLE sessions DROP COLUMN application_version;
      ALTER TABLE sessions DROP COLUMN issuer_version; PRAGMA user_version = 1`);
    old.close();
    const { at, logAgeMs } = await new SqliteRevocationLog(open(folder)).append(newEvents(1));
    expect(logAgeMs).toBeLessThan(10_000);
    expect(Math.abs(Date.now() - at.getTime())).toBeLessThan(10_000);
  });

  it('is a new one when its row was deleted after a restore from backup', async () => {
    const folder = newFolder();
    const { log } = await once(folder, async (first) => {
      const { log: id } = await first.append(newEvents(4));
      const request = { log: id, after: 4, acked: 4 };
      await first.poll(firstPoll('app/n1', { kind: 'service', ...request }));
      return first.append(newEvents(1, 5));
    });
    const database = open(folder);
    await new SqliteUsersStore(database).insert(newUser('ada'));
    database.run('DELETE FROM revocation_log');
    const another = new SqliteRevocationLog(database);
    const reply = await another.poll(firstPoll('n2', { log, after: 5, acked: 5 }));
    expect(reply).toMatchObject({ seq: 0, gap: true, events: [] });
    expect(reply.log).not.toBe(log);
    const { seq, nodes, logAgeMs } = await another.append(newEvents(1));
    expect([seq, logAgeMs]).toEqual([1, expect.any(Number)]);
    expect(nodes).toMatchObject([
      { id: 'app/n1', acked: 0 },
      { id: 'n2', acked: 0 },
    ]);
  });
});
