/** The log in MongoDB where its document is made, deleted, and made again. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { randomBytes } from 'node:crypto';
import { connectMongo } from '../../src/storage/mongo/connection.js';
import { MongoRevocationLog } from '../../src/tokens/revocation/log/revocation-log.mongo.js';
import { MongoUsersStore } from '../../src/users/users.store.mongo.js';
import { firstPoll, newEvents } from '../support/polls.js';
import { newUser } from '../support/rows.js';
import { describeWithMongo, getMongoUri } from '../support/services/describe-with.js';
import { repeat } from '../support/together.js';

describeWithMongo('MongoRevocationLog', () => {
  let connections: Connection[];
  let logs: MongoRevocationLog[];

  beforeEach(async () => {
    const name = `test-${randomBytes(8).toString('hex')}`;
    connections = await Promise.all(repeat(4, () => connectMongo(getMongoUri(), name)));
    logs = connections.map((connection) => new MongoRevocationLog(connection));
  });
  afterEach(async () => {
    await connections[0]!.dropDatabase();
    for (const connection of connections) await connection.close();
  });
  const insertUser = (): Promise<void> => new MongoUsersStore(connections[0]!).insert(newUser('a'));
  const documents = (): Promise<number> =>
    connections[0]!.collection('revocations').countDocuments();
  const deleteLog = (): Promise<unknown> =>
    connections[0]!.collection<{ _id: string }>('revocations').deleteOne({ _id: 'head' });

  it('is one log for all who start at once', async () => {
    await Promise.all(logs.map((log) => log.ensureIndexes()));
    const heads = await Promise.all(logs.map((log) => log.readHead()));
    expect(new Set(heads.map((head) => head.log)).size).toBe(1);
    expect(await documents()).toBe(1);
  });

  it('keeps its identity and all there is when another starts', async () => {
    await logs[0]!.ensureIndexes();
    const { log } = await logs[0]!.append(newEvents(3));
    await logs[0]!.poll(firstPoll('n1'));
    const before = await logs[0]!.readHead();
    await insertUser();
    await logs[1]!.ensureIndexes();
    expect(await logs[1]!.readHead()).toEqual(before);
    const appended = await logs[1]!.append(newEvents(1));
    expect(appended).toMatchObject({ log, seq: 4, logAgeMs: null });
  });

  it('is younger than a database that has users', async () => {
    await insertUser();
    await logs[0]!.ensureIndexes();
    // The clocks of two members may differ by so much that it has no age yet.
    expect((await logs[0]!.append(newEvents(1))).logAgeMs).toBe(0);
  });

  it('has another identity, and knows nobody, once its document was deleted', async () => {
    await logs[0]!.ensureIndexes();
    await insertUser();
    const { log } = await logs[0]!.append(newEvents(20));
    await logs[0]!.poll(firstPoll('n1', { log, acked: 20, after: 20, polls: 7 }));
    await deleteLog();

    const replies = await Promise.all(
      logs.map((one, n) =>
        one.poll(firstPoll(`n${n + 1}`, { log, acked: 20, after: 20, polls: 8 })),
      ),
    );
    const [another] = replies.map((reply) => reply.log);
    expect(another).not.toBe(log);
    for (const reply of replies) {
      // As if something had been cut off: an intent may have been in the one that was deleted.
      expect(reply).toMatchObject({ log: another, seq: 1, gap: true, events: [], oldestAgeMs: 0 });
    }
    const { seq, nodes, logAgeMs } = await logs[1]!.append(newEvents(2));
    expect([seq, logAgeMs]).toEqual([3, 0]);
    expect(nodes.map(({ id, acked }) => `${id} ${acked}`).sort()).toEqual(
      repeat(4, (n) => `n${n + 1} 0`),
    );
  });

  it.each<[string, (log: MongoRevocationLog) => Promise<{ log: string }>]>([
    ['an append', (log) => log.append(newEvents(1))],
    ['a look at the head', (log) => log.readHead()],
    ['a poll', (log) => log.poll(firstPoll('n1'))],
  ])('is made anew by %s', async (_, access) => {
    await logs[0]!.ensureIndexes();
    const before = await logs[0]!.readHead();
    await deleteLog();
    const after = await Promise.all(logs.map(access));
    expect(new Set(after.map((one) => one.log)).size).toBe(1);
    expect(after[0]!.log).not.toBe(before.log);
    expect(await documents()).toBe(1);
  });

  it('is not made anew for those who leave or are expelled', async () => {
    await logs[0]!.leave('n1');
    await logs[0]!.expel('this', 'n1', 1);
    expect(await documents()).toBe(0);
  });
});
