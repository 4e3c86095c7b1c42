/** Private keys in MongoDB: encrypted once there is a secret, and never replaced without it. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { randomBytes } from 'node:crypto';
import { connectMongo } from '../../src/storage/mongo/connection.js';
import { StorageRefusedError } from '../../src/storage/storage.errors.js';
import { MongoKeysStore } from '../../src/tokens/keys/keys.store.mongo.js';
import { newKey } from '../support/rows.js';
import { describeWithMongo, getMongoUri } from '../support/services/describe-with.js';

const secret = 'correct horse battery staple 0123';
const set = [newKey('k1'), newKey('k2', { state: 'retired', privateKey: null })];
const plainText = set[0]!.privateKey!;

describeWithMongo('MongoKeysStore', () => {
  let connection: Connection;
  const store = (given: string | null): MongoKeysStore => new MongoKeysStore(connection, given);
  const stored = async (): Promise<string> =>
    JSON.stringify(await connection.collection('keys').find().toArray());

  beforeEach(async () => {
    connection = await connectMongo(getMongoUri(), `test-${randomBytes(8).toString('hex')}`);
  });
  afterEach(async () => {
    await connection.dropDatabase();
    await connection.close();
  });

  it('keeps private keys encrypted, anew with each save', async () => {
    await store(secret).save(0, set);
    const first = await stored();
    await store(secret).save(1, set);
    const second = await stored();
    for (const text of [first, second]) {
      expect(text).not.toContain(plainText);
      expect(text).not.toContain(secret);
    }
    const encrypted = (text: string): string => /"privateKey":"([^"]+)"/.exec(text)![1]!;
    expect(encrypted(first)).not.toBe(encrypted(second));
    expect(await store(secret).load()).toEqual({ revision: 2, keys: set });
  });

  it.each([
    ['another secret', `${secret}!`, /KEYS_SECRET is not the one/],
    ['no secret', null, /set KEYS_SECRET/],
  ])('refuses %s, and replaces nothing', async (_, wrong, message) => {
    await store(secret).save(0, set);
    const before = await stored();
    const refused = store(wrong);
    await expect(refused.load()).rejects.toThrow(StorageRefusedError);
    await expect(refused.load()).rejects.toThrow(message);
    await expect(refused.save(1, set)).rejects.toThrow(StorageRefusedError);
    expect(await refused.save(0, set)).toBe(false);
    expect(await stored()).toBe(before);
    expect(await store(secret).load()).toEqual({ revision: 1, keys: set });
  });

  it('encrypts at the next save what was stored plain, and then wants the secret', async () => {
    await store(null).save(0, set);
    expect(await stored()).toContain(plainText);
    expect(await store(null).load()).toEqual({ revision: 1, keys: set });
    expect(await store(secret).load()).toEqual({ revision: 1, keys: set });
    expect(await store(secret).save(1, set)).toBe(true);
    expect(await stored()).not.toContain(plainText);
    expect(await store(secret).load()).toEqual({ revision: 2, keys: set });
    await expect(store(null).load()).rejects.toThrow(StorageRefusedError);
  });

  it('does not take the key of another kid, nor a changed one', async () => {
    await store(secret).save(0, [newKey('k1'), newKey('k2')]);
    const rows = connection.collection<{ keys: { privateKey: string }[] }>('keys');
    const [k1, k2] = (await rows.findOne())!.keys.map((key) => key.privateKey);
    const tampered = [k2!, k1!.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')), 'AAAA', ''];
    for (const privateKey of tampered) {
      await rows.updateOne({}, { $set: { 'keys.0.privateKey': privateKey } });
      await expect(store(secret).load()).rejects.toThrow(StorageRefusedError);
    }
    await rows.updateOne({}, { $set: { 'keys.0.privateKey': k1! } });
    expect((await store(secret).load()).keys).toEqual([newKey('k1'), newKey('k2')]);
  });

  it('reads what another node has saved under a new salt', async () => {
    const [one, other] = [store(secret), store(secret)];
    await one.save(0, set);
    await other.load();
    await one.save(1, [newKey('k3')]);
    expect((await other.load()).keys).toEqual([newKey('k3')]);
    await other.save(2, [newKey('k4')]);
    expect((await one.load()).keys).toEqual([newKey('k4')]);
  });
});
