/** What the server asks of MongoDB with every command, and what it says when it gets no connection. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { when } from '../../../test/support/conditions.js';
import { cursorOf, startWireServer, type WireServer } from '../../../test/support/mongo-wire.js';
import { at, newSession, newUser } from '../../../test/support/rows.js';
import { MongoSessionsStore } from '../../tokens/sessions/sessions.store.mongo.js';
import { MongoUsersStore } from '../../users/users.store.mongo.js';
import { StorageRefusedError, StorageUnavailableError } from '../storage.errors.js';
import { connectMongo } from './connection.js';

describe('connectMongo', () => {
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

  it('has every write journalled by a majority, and repeats it at most once', async () => {
    const written = { ok: 1, n: 1, nModified: 1, value: null };
    server.answer = (command) => ('find' in command ? cursorOf() : written);
    const users = new MongoUsersStore(connection);
    const sessions = new MongoSessionsStore(connection);
    await users.insert(newUser('ada'));
    await users.commit('ada', when(1), {}, at(0));
    await users.remove('ada', when(1));
    await users.rehash('ada', 'a', 'b');
    await users.updateDisplayName('ada', 'a', at(0));
    await sessions.insert(newSession('s1'));
    await sessions.end('s1', when(1), { at: at(0), reason: 'logout', by: 'ada' });
    await sessions.touch([{ id: 's1', lastSeenAt: at(0), idleExpiresAt: at(1) }]);
    const writes = server.commands.filter((command) => !('find' in command));
    expect(writes).toHaveLength(8);
    for (const command of writes) {
      expect(command).toMatchObject({
        writeConcern: { w: 'majority', j: true, wtimeout: 2_000 },
        txnNumber: expect.anything(),
        $db: 'portcullis',
      });
    }
  });

  it('reads what a majority has, from the primary, in a limited time', async () => {
    server.answer = () => cursorOf();
    const users = new MongoUsersStore(connection);
    await users.findById('ada');
    await users.findCredentials('ada@example.org');
    await users.list({ limit: 10, search: 'a' });
    expect(server.commands).toHaveLength(4);
    for (const command of server.commands) {
      expect(command).toMatchObject({ readConcern: { level: 'majority' }, maxTimeMS: 2_000 });
      // Absent means the primary, which is all that a server takes without being asked for more.
      expect(command['$readPreference'] ?? { mode: 'primary' }).toEqual({ mode: 'primary' });
    }
  });

  it('repeats a write that was cut off, as the same write', async () => {
    let cuts = 1;
    server.answer = () => (cuts-- > 0 ? 'cut' : { ok: 1, value: null });
    const users = new MongoUsersStore(connection);
    expect(await users.commit('ada', when(1), {}, at(0))).toBeNull();
    const [first, second, ...more] = server.commands;
    expect(second).toMatchObject({ txnNumber: first!['txnNumber'], lsid: first!['lsid'] });
    expect(more).toEqual([]);
  });

  it('takes the database from the address, or as it is told', async () => {
    expect(connection.name).toBe('portcullis');
    for (const [uri, database, expected] of [
      [server.uri.replace('/?', '/other?'), undefined, 'other'],
      [server.uri.replace('/?', '/other?'), 'mine', 'mine'],
      [server.uri, 'mine', 'mine'],
      [server.uri.replace(/\/\?.*/, ''), undefined, 'portcullis'],
      [server.uri.replace(/\?.*/, 'other?w=1'), undefined, 'other'],
    ] as const) {
      const another = await connectMongo(uri, database);
      expect(another.name).toBe(expected);
      await another.close();
    }
  });

  it('does not let the address ask for less', async () => {
    const uri = `${server.uri}&w=0&journal=false&readPreference=secondary&readConcernLevel=local&wtimeoutMS=0`;
    const careless = await connectMongo(`${uri}&retryWrites=false&socketTimeoutMS=0`);
    server.answer = () => ({ ...cursorOf(), n: 1 });
    const users = new MongoUsersStore(careless);
    await users.rehash('ada', 'a', 'b');
    await users.findById('ada');
    await careless.close();
    expect(server.commands).toMatchObject([
      { writeConcern: { w: 'majority', j: true, wtimeout: 2_000 }, txnNumber: expect.anything() },
      { readConcern: { level: 'majority' } },
    ]);
  });

  it.each([
    ['a wrong password', { ok: 0, code: 18, codeName: 'AuthenticationFailed', errmsg: 'hunter2' }],
    ['no right to log in', { ok: 0, code: 13, codeName: 'Unauthorized', errmsg: 'hunter2' }],
  ])('is refused for %s, without quoting it', async (_, answer) => {
    server.answer = () => answer;
    const uri = server.uri.replace('//', '//user:hunter2@').replace('?', '?authMechanism=PLAIN&');
    const error: unknown = await connectMongo(uri).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StorageRefusedError);
    expect(String(error)).toMatch(/user or the password in MONGODB_URI/);
    expect(String(error)).not.toContain('hunter2');
  });
});

describe('connectMongo without a server', () => {
  it('is unavailable within three seconds, and says where', async () => {
    const server = await startWireServer();
    await server.close();
    const begun = performance.now();
    const error: unknown = await connectMongo(server.uri.replace('//', '//user:hunter2@')).catch(
      (reason: unknown) => reason,
    );
    expect(performance.now() - begun).toBeLessThan(3_000);
    expect(error).toBeInstanceOf(StorageUnavailableError);
    expect(String(error)).toMatch(/MongoDB cannot be reached: .*127\.0\.0\.1/);
    expect(String(error)).not.toContain('hunter2');
  });

  it.each([
    'mongodb://user:hunter2@',
    'mongodb://user:hunter2@host:port/x',
    'mongodb://user:hun:ter2@host/',
    'mongodb://user:hunter2@host/?unknownOption=1',
    'mongodb://user:hunter2@host/?tls=maybe',
    'postgres://user:hunter2@host/',
  ])('refuses %s, without quoting it', async (uri) => {
    const error = (await connectMongo(uri).catch((reason: unknown) => reason)) as Error;
    expect(error).toBeInstanceOf(StorageRefusedError);
    expect(`${String(error)} ${error.stack ?? ''} ${String(error.cause)}`).not.toMatch(
      /hunter2|ter2/,
    );
  });
});
