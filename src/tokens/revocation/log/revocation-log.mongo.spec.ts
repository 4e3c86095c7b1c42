/** What the log in MongoDB asks of the server, and that it believes only what was confirmed. No server is asked. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../../../test/support/eventually.js';
import {
  cursorOf,
  startWireServer,
  type Answer,
  type WireServer,
} from '../../../../test/support/mongo-wire.js';
import { firstPoll, newEvents } from '../../../../test/support/polls.js';
import { connectMongo } from '../../../storage/mongo/connection.js';
import { StorageUnavailableError } from '../../../storage/storage.errors.js';
import { MongoRevocationLog } from './revocation-log.mongo.js';

const entry = { acked: 0, polls: 1, leaseMs: 5_000, kind: 'server', at: new Date(9_000) };
const row = {
  _id: 'head',
  log: 'this',
  seq: 1,
  events: [{ k: 'u:a', v: 2, t: new Date(8_000) }],
  nodes: { n1: entry },
  born: new Date(0),
  isFirst: false,
};

let server: WireServer;
let connection: Connection;
let log: MongoRevocationLog;

beforeEach(async () => {
  server = await startWireServer();
  server.answer = ({ find }) =>
    find === undefined ? { ok: 1, value: row } : cursorOf(...(find === 'users' ? [] : [row]));
  connection = await connectMongo(server.uri);
  log = new MongoRevocationLog(connection);
});
afterEach(async () => {
  await connection.close(true);
  await server.close();
});

const writes: [string, () => Promise<unknown>][] = [
  ['append', () => log.append(newEvents(2))],
  ['poll', () => log.poll(firstPoll('n1', { log: 'this' }))],
  ['poll of a new node', () => log.poll(firstPoll('n1'))],
  ['expel', () => log.expel('this', 'n1', 1)],
  ['leave', () => log.leave('n1')],
];
const all: [string, () => Promise<unknown>][] = [
  ...writes,
  ['readHead', () => log.readHead()],
  ['ensureIndexes', () => log.ensureIndexes()],
];

it.each(writes)('%s is one write, journalled by a majority', async (_, write) => {
  await write();
  expect(server.commands).toMatchObject([
    {
      findAndModify: 'revocations',
      query: { _id: 'head' },
      new: true,
      maxTimeMS: 2_000,
      writeConcern: { w: 'majority', j: true, wtimeout: 2_000 },
      txnNumber: expect.anything(),
    },
  ]);
});

it('readHead is one read from the primary', async () => {
  const polledAt = entry.at;
  const { at: _, ...rest } = entry;
  const nodes = [{ id: 'n1', ...rest, polledAt }];
  expect(await log.readHead()).toEqual({ log: 'this', seq: 1, nodes });
  expect(server.commands).toMatchObject([
    { find: 'revocations', filter: { _id: 'head' }, maxTimeMS: 2_000 },
  ]);
  expect(server.commands[0]?.['$readPreference'] ?? { mode: 'primary' }).toEqual({
    mode: 'primary',
  });
});

describe('an answer', () => {
  const failures: [string, Answer][] = [
    [
      'that no majority has confirmed',
      {
        ok: 1,
        value: row,
        writeConcernError: { code: 64, codeName: 'WriteConcernTimeout', errmsg: 'timed out' },
      },
    ],
    [
      'of a primary that steps down',
      {
        ok: 1,
        value: row,
        writeConcernError: { code: 189, codeName: 'PrimarySteppedDown', errmsg: 'x' },
      },
    ],
    ['of one that is none any more', { ok: 0, code: 10107, errmsg: 'not primary' }],
    ['that was too slow', { ok: 0, code: 50, errmsg: 'x' }],
    ['that is cut off', 'cut'],
  ];
  describe.each(failures)('%s', (_, answer) => {
    it.each(writes)('is a failure of %s', async (_name, write) => {
      server.answer = () => answer;
      await expect(write()).rejects.toThrow(StorageUnavailableError);
    });
  });

  it('that does not come is a failure within three seconds', async () => {
    server.answer = () => 'hang';
    const begun = performance.now();
    const failures = all.map(async ([name, access]) => {
      const error = await access().catch((reason: unknown) => reason);
      return [name, error instanceof StorageUnavailableError];
    });
    expect(await Promise.all(failures)).toEqual(all.map(([name]) => [name, true]));
    expect(performance.now() - begun).toBeLessThan(3_300);
  });

  it('that comes after that is ignored, and the next one is not', async () => {
    const answer = server.answer;
    let sent = 0;
    server.answer = async (command) => {
      await sleep(3_100, undefined, { ref: false });
      sent += 1;
      return answer(command);
    };
    const late = log.poll(firstPoll('n1', { log: 'this' }));
    await expect(late).rejects.toThrow(StorageUnavailableError);
    await eventually(() => expect(sent).toBeGreaterThan(0));
    server.answer = answer;
    expect((await log.append(newEvents(1))).seq).toBe(1);
    await expect(late).rejects.toThrow(StorageUnavailableError);
  });

  it('without the node’s own entry is no answer to its poll', async () => {
    const poll = log.poll(firstPoll('n2', { log: 'this' }));
    await expect(poll).rejects.toThrow(StorageUnavailableError);
  });
});

it.each(all)('%s is unavailable at once when the connection is closed', async (_, access) => {
  await connection.close();
  const begun = performance.now();
  await expect(access()).rejects.toThrow(StorageUnavailableError);
  expect(performance.now() - begun).toBeLessThan(1_000);
});

describe('the age of the log', () => {
  // Born at 0; the clocks of two members may differ by five seconds.
  it.each([
    [4_000, 0],
    [5_001, 1],
    [60_000, 55_000],
  ])('after %d ms by the database’s clocks is at least %d ms', async (at, age) => {
    server.answer = () => ({
      ok: 1,
      value: { ...row, events: [{ k: 'i', v: 1, t: new Date(at) }] },
    });
    expect(await log.append(newEvents(1))).toMatchObject({ at: new Date(at), logAgeMs: age });
  });

  it('does not count in a database that was born with it', async () => {
    server.answer = () => ({ ok: 1, value: { ...row, isFirst: true } });
    expect((await log.append(newEvents(1))).logAgeMs).toBeNull();
  });
});

describe('events older than a clock that was put back', () => {
  it('are as young as can be', async () => {
    const nodes = { n1: { ...entry, at: new Date(7_000) } };
    server.answer = () => ({ ok: 1, value: { ...row, nodes } });
    expect((await log.poll(firstPoll('n1'))).oldestAgeMs).toBe(0);
  });
});

describe('a missing document', () => {
  it.each(all.filter(([name]) => name !== 'ensureIndexes' && !/expel|leave/.test(name)))(
    'is unavailable to %s when it cannot be made',
    async (_, access) => {
      server.answer = ({ find }) => (find === undefined ? { ok: 1, value: null } : cursorOf());
      await expect(access()).rejects.toThrow(StorageUnavailableError);
    },
  );

  it.each([
    [cursorOf(), true, 0],
    [cursorOf({ _id: 'ada' }), false, 1],
  ])('is made as the first one only where there is no user', async (users, isFirst, seq) => {
    let made: object | undefined;
    server.answer = (command) => {
      if (command['find'] === 'users') return users;
      if (command['insert'] !== undefined) made = command;
      return { ...(made === undefined ? cursorOf() : cursorOf(row)), n: 1, value: row };
    };
    await log.ensureIndexes();
    expect(made).toMatchObject({
      ...{ insert: 'revocations', writeConcern: { w: 'majority', j: true, wtimeout: 2_000 } },
      documents: [{ _id: 'head', isFirst, seq, log: expect.stringMatching(/^[a-z\d]{24}$/i) }],
    });
    expect(server.commands).toContainEqual(
      expect.objectContaining({
        ...{ findAndModify: 'revocations', query: { _id: 'head', born: null } },
        update: { $currentDate: { born: true } },
      }),
    );
  });

  it('may be made by somebody else', async () => {
    let isMade = false;
    server.answer = ({ insert, find }) => {
      if (insert === undefined)
        return { ...(isMade || find === 'users' ? cursorOf(row) : cursorOf()), value: row };
      isMade = true;
      return {
        ok: 1,
        n: 0,
        writeErrors: [{ index: 0, code: 11000, errmsg: 'E11000 index: _id_' }],
      };
    };
    expect((await log.readHead()).log).toBe('this');
  });

  it('is no older than its first event when its maker was killed', async () => {
    const { born: _, ...unborn } = row;
    server.answer = () => ({ ok: 1, value: unborn });
    expect((await log.append(newEvents(1))).logAgeMs).toBe(0);
    expect(JSON.stringify(server.commands[0])).toContain('"born":{"$ifNull":["$born","$$NOW"]}');
  });
});
