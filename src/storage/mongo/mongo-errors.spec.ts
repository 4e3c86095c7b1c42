/** An outage is StorageUnavailableError whatever it looks like, in time, and nothing of it is used. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { when } from '../../../test/support/conditions.js';
import {
  cursorOf,
  startWireServer,
  type Answer,
  type WireServer,
} from '../../../test/support/mongo-wire.js';
import {
  at,
  newApplication,
  newEntry,
  newKey,
  newSession,
  newUser,
} from '../../../test/support/rows.js';
import { MongoApplicationsStore } from '../../applications/applications.store.mongo.js';
import { MongoAuditStore } from '../../audit/audit.store.mongo.js';
import { MongoKeysStore } from '../../tokens/keys/keys.store.mongo.js';
import { MongoIssuerVersionStore } from '../../tokens/revocation/issuer-version.store.mongo.js';
import { MongoSessionsStore } from '../../tokens/sessions/sessions.store.mongo.js';
import { MongoUsersStore } from '../../users/users.store.mongo.js';
import { DuplicateError, type StorageUnavailableError } from '../storage.errors.js';
import { connectMongo } from './connection.js';
import { guarded } from './mongo-errors.js';

let server: WireServer;
let connection: Connection;

beforeEach(async () => {
  server = await startWireServer();
  connection = await connectMongo(server.uri);
});
afterEach(async () => {
  await connection.close(true);
  await server.close();
});

const end = { at: at(0), reason: 'logout', by: 'ada' };
const touch = { id: 's1', lastSeenAt: at(0), idleExpiresAt: at(1) };

/** Each by its name, so that a failure says whose it is. */
function everyWrite(): Record<string, () => Promise<unknown>> {
  const users = new MongoUsersStore(connection);
  const sessions = new MongoSessionsStore(connection);
  const applications = new MongoApplicationsStore(connection);
  return {
    'users.insert': () => users.insert(newUser('ada')),
    'users.commit': () => users.commit('ada', when(1), { roles: [] }, at(0)),
    'users.remove': () => users.remove('ada', when(1)),
    'users.rehash': () => users.rehash('ada', 'a', 'b'),
    'users.updateDisplayName': () => users.updateDisplayName('ada', 'a', at(0)),
    'sessions.insert': () => sessions.insert(newSession('s1')),
    'sessions.end': () => sessions.end('s1', when(1), end),
    'sessions.touch': () => sessions.touch([touch]),
    'applications.insert': () => applications.insert(newApplication('web'), 'h'),
    'applications.update': () => applications.update('web', { name: 'x' }, at(0)),
    'applications.commit': () => applications.commit('web', when(1), {}, at(0)),
    'applications.remove': () => applications.remove('web', when(1)),
    'audit.append': () => new MongoAuditStore(connection).append(newEntry('e1')),
    'issuer.commit': () => new MongoIssuerVersionStore(connection).commit(when(1)),
    'issuer.commit later': () => new MongoIssuerVersionStore(connection).commit(when(2)),
    'keys.save': () => new MongoKeysStore(connection, null).save(0, [newKey('k1')]),
  };
}

function everyRead(): Record<string, () => Promise<unknown>> {
  const users = new MongoUsersStore(connection);
  const sessions = new MongoSessionsStore(connection);
  const applications = new MongoApplicationsStore(connection);
  return {
    'users.findById': () => users.findById('ada'),
    'users.findCredentials': () => users.findCredentials('ada'),
    'users.findCredentialsById': () => users.findCredentialsById('ada'),
    'users.readVersion': () => users.readVersion('ada'),
    'users.list': () => users.list({ limit: 1 }),
    'users.countByStatus': () => users.countByStatus(),
    'users.claimAdminRemoval': () => users.claimAdminRemoval('ada', at(0)),
    'users.releaseAdminRemoval': () => users.releaseAdminRemoval('ada'),
    'sessions.findById': () => sessions.findById('s1'),
    'sessions.readVersion': () => sessions.readVersion('s1'),
    'sessions.list': () => sessions.list({ limit: 1 }),
    'sessions.countLive': () => sessions.countLive(at(0)),
    'sessions.endAll': () => sessions.endAll({ userId: 'ada' }, end),
    'applications.list': () => applications.list(),
    'applications.findById': () => applications.findById('web'),
    'applications.findSecretHash': () => applications.findSecretHash('web'),
    'applications.readVersion': () => applications.readVersion('web'),
    'audit.list': () => new MongoAuditStore(connection).list({ limit: 1 }),
    'issuer.read': () => new MongoIssuerVersionStore(connection).read(),
    'keys.load': () => new MongoKeysStore(connection, null).load(),
  };
}

/** What became of each: the class of its error, or what it answered. */
async function outcomes(calls: Record<string, () => Promise<unknown>>): Promise<object> {
  const named = Object.entries(calls).map(async ([name, call]) => {
    const outcome = await call().catch((error: unknown) => (error as Error).name);
    return [name, outcome] as const;
  });
  return Object.fromEntries(await Promise.all(named));
}
const allUnavailable = (calls: object): object =>
  Object.fromEntries(Object.keys(calls).map((name) => [name, 'StorageUnavailableError']));

const failures: [string, Answer][] = [
  [
    'no longer primary',
    { ok: 0, code: 10107, codeName: 'NotWritablePrimary', errmsg: 'not primary' },
  ],
  ['a primary stepping down', { ok: 0, code: 189, codeName: 'PrimarySteppedDown', errmsg: 'x' }],
  ['shutting down', { ok: 0, code: 91, codeName: 'ShutdownInProgress', errmsg: 'x' }],
  ['too slow', { ok: 0, code: 50, codeName: 'MaxTimeMSExpired', errmsg: 'x' }],
  ['a full disk', { ok: 0, code: 14031, codeName: 'OutOfDiskSpace', errmsg: 'x' }],
  ['not allowed any more', { ok: 0, code: 13, codeName: 'Unauthorized', errmsg: 'x' }],
  ['an error without a code', { ok: 0, errmsg: 'x' }],
  ['a connection that is cut', 'cut'],
];

describe('every store', () => {
  it.each(failures)('is unavailable: %s', async (_, answer) => {
    server.answer = () => answer;
    const calls = { ...everyWrite(), ...everyRead() };
    expect(await outcomes(calls)).toEqual(allUnavailable(calls));
  });

  it('uses nothing of a write that no majority has confirmed', async () => {
    server.answer = () => ({
      ok: 1,
      n: 1,
      nModified: 1,
      value: { _id: 'ada', tokenVersion: 2, version: 2, revision: 2, keys: [] },
      writeConcernError: { code: 64, codeName: 'WriteConcernTimeout', errmsg: 'timed out' },
    });
    const calls = everyWrite();
    expect(await outcomes(calls)).toEqual(allUnavailable(calls));
  });

  it('hangs for no longer than three seconds', async () => {
    server.answer = () => 'hang';
    const calls = { ...everyWrite(), ...everyRead() };
    const begun = performance.now();
    expect(await outcomes(calls)).toEqual(allUnavailable(calls));
    expect(performance.now() - begun).toBeLessThan(3_300);
  });

  it.each([true, false])(
    'is unavailable at once when the connection is closed (force: %s)',
    async (force) => {
      const calls = { ...everyWrite(), ...everyRead() };
      await connection.close(force);
      const begun = performance.now();
      expect(await outcomes(calls)).toEqual(allUnavailable(calls));
      expect(performance.now() - begun).toBeLessThan(1_000);
    },
  );

  it('is unavailable within three seconds when the server goes away', async () => {
    await server.close();
    const calls = { ...everyWrite(), ...everyRead() };
    const begun = performance.now();
    expect(await outcomes(calls)).toEqual(allUnavailable(calls));
    expect(performance.now() - begun).toBeLessThan(3_300);
  });
});

describe('an authoritative read', () => {
  const reads: [string, () => Promise<unknown>, object, unknown][] = [
    [
      'a user',
      () => new MongoUsersStore(connection).readVersion('ada'),
      { _id: 'ada', tokenVersion: 7, status: 'active' },
      { version: 7, status: 'active' },
    ],
    ['a session', () => new MongoSessionsStore(connection).readVersion('s'), { end: null }, 1],
    [
      'an application',
      () => new MongoApplicationsStore(connection).readVersion('web'),
      { version: 7, enabled: true },
      { version: 7, enabled: true },
    ],
    ['everybody', () => new MongoIssuerVersionStore(connection).read(), { version: 7 }, 7],
    [
      'the keys',
      () => new MongoKeysStore(connection, null).load(),
      { revision: 7, salt: null, keys: [] },
      { revision: 7, keys: [] },
    ],
  ];

  it.each(reads)(
    'of %s is linearizable and takes 1.5 s at most',
    async (_, read, row, expected) => {
      server.answer = () => cursorOf(row);
      expect(await read()).toEqual(expected);
      expect(server.commands).toMatchObject([
        { find: expect.any(String), readConcern: { level: 'linearizable' }, maxTimeMS: 1_500 },
      ]);
      // Inside a causally consistent session it would be answered as of an earlier time.
      expect(server.commands[0]).not.toHaveProperty('readConcern.afterClusterTime');
    },
  );

  it.each(reads)(
    'of %s is also had from a server without a replica set',
    async (_, read, row, expected) => {
      server.answer = ({ readConcern }) =>
        (readConcern as { level: string }).level === 'linearizable'
          ? {
              ok: 0,
              code: 123,
              codeName: 'NotAReplicaSet',
              errmsg: 'needs to be a replica set member',
            }
          : cursorOf(row);
      expect(await read()).toEqual(expected);
      expect(server.commands[1]).toMatchObject({ readConcern: { level: 'majority' } });
    },
  );
});

describe('a taken value', () => {
  const duplicate = (errmsg: string): Answer => ({
    ok: 1,
    n: 0,
    writeErrors: [{ index: 0, code: 11000, errmsg }],
  });
  const email = 'email dup key: { emailKey: "index: \'id\' ada@example.org" }';
  it.each([
    ['email', `E11000 duplicate key error collection: portcullis.users index: ${email}`],
    ['id', 'E11000 duplicate key error collection: x.users index: _id_ dup key: { _id: "ada" }'],
    ['email', "Duplicate key violation on the requested collection: Index 'email'"],
    ['id', "Duplicate key violation on the requested collection: Index '_id_'"],
  ])('is named %s, and not quoted, for: %s', async (field, message) => {
    server.answer = () => duplicate(message);
    const insert = new MongoUsersStore(connection).insert(newUser('ada'));
    const error = (await insert.catch((reason: unknown) => reason)) as DuplicateError;
    expect(error).toBeInstanceOf(DuplicateError);
    expect(error.field).toBe(field);
    expect(`${error.message} ${error.stack ?? ''} ${String(error.cause)}`).not.toContain('@');
  });
});

describe('guarded', () => {
  it('passes on what is not the database’s', async () => {
    const fault = new TypeError('a fault of ours');
    await expect(guarded(() => Promise.reject(fault))).rejects.toBe(fault);
    expect(await guarded(() => Promise.resolve(7))).toBe(7);
  });

  it.each(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED'])(
    'takes %s of a socket, which the driver passes on as it is, for an outage',
    async (code) => {
      const cause = Object.assign(new Error('This socket has been ended'), { code });
      await expect(guarded(() => Promise.reject(cause))).rejects.toMatchObject({
        name: 'StorageUnavailableError',
        cause,
      });
    },
  );

  it('keeps the reason', async () => {
    server.answer = () => ({ ok: 0, code: 50, codeName: 'MaxTimeMSExpired', errmsg: 'too slow' });
    const read = new MongoUsersStore(connection).findById('ada');
    const error = await read.catch((reason: unknown) => reason as StorageUnavailableError);
    expect(error).toMatchObject({ cause: { code: 50 } });
  });
});
