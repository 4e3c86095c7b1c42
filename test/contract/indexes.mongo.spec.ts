/** Every filter and order of a list has an index in MongoDB, and several nodes may make them at once. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { randomBytes } from 'node:crypto';
import { MongoApplicationsStore } from '../../src/applications/applications.store.mongo.js';
import { MongoAuditStore } from '../../src/audit/audit.store.mongo.js';
import { connectMongo } from '../../src/storage/mongo/connection.js';
import { MongoKeysStore } from '../../src/tokens/keys/keys.store.mongo.js';
import { MongoIssuerVersionStore } from '../../src/tokens/revocation/issuer-version.store.mongo.js';
import { MongoRevocationLog } from '../../src/tokens/revocation/log/revocation-log.mongo.js';
import { MongoSessionsStore } from '../../src/tokens/sessions/sessions.store.mongo.js';
import { MongoUsersStore } from '../../src/users/users.store.mongo.js';
import { describeWithMongo, getMongoUri } from '../support/services/describe-with.js';

describeWithMongo('MongoDB’s indexes', () => {
  const name = `portcullis-test-${randomBytes(8).toString('hex')}`;
  let nodes: Connection[];

  beforeEach(async () => {
    nodes = await Promise.all([1, 2, 3].map(() => connectMongo(getMongoUri(), name)));
  });
  afterEach(async () => {
    await nodes[0]!.dropDatabase();
    for (const node of nodes) await node.close();
  });

  const ensure = async (node: Connection): Promise<void> => {
    const stores = [MongoUsersStore, MongoSessionsStore, MongoAuditStore, MongoApplicationsStore];
    for (const Store of stores) await new Store(node).ensureIndexes();
    await new MongoIssuerVersionStore(node).ensureIndexes();
    await new MongoRevocationLog(node).ensureIndexes();
    await new MongoKeysStore(node, null).ensureIndexes();
  };
  const indexesOf = (collection: string): Promise<Record<string, unknown>[]> =>
    nodes[0]!.collection(collection).indexes();

  it('are made by several nodes at once, and again by the next', async () => {
    await Promise.all(nodes.map(ensure));
    await ensure(nodes[0]!);
  });

  it('keep addresses unique and delete sessions a week after their end', async () => {
    await ensure(nodes[0]!);
    expect(await indexesOf('users')).toContainEqual(
      expect.objectContaining({ key: { emailKey: 1 }, name: 'email', unique: true }),
    );
    expect(await indexesOf('sessions')).toContainEqual(
      expect.objectContaining({ key: { expiresAt: 1 }, expireAfterSeconds: 7 * 24 * 3600 }),
    );
  });

  it.each([
    ['users', ['createdAt', 'updatedAt', 'foldedEmail', 'foldedDisplayName']],
    ['sessions', ['createdAt']],
    ['audit', ['order']],
  ])('of %s serve every order, ties by id', async (collection, fields) => {
    await ensure(nodes[0]!);
    const keys = (await indexesOf(collection)).map(({ key }) => key);
    for (const field of fields) expect(keys).toContainEqual({ [field]: 1, _id: 1 });
  });

  it.each([
    ['users', ['status', 'roles'], 'createdAt'],
    ['sessions', ['userId', 'application', 'ip'], 'createdAt'],
    ['audit', ['actor.id', 'target.id', 'action', 'revocation.id'], 'order'],
  ])('of %s serve every filter in its usual order', async (collection, fields, order) => {
    await ensure(nodes[0]!);
    const paths = (await indexesOf(collection)).map(({ key }) => Object.keys(key as object));
    for (const field of fields) {
      const serving = paths.filter(([first]) => first === field);
      expect(serving.map((path) => path.slice(-2))).toContainEqual([order, '_id']);
    }
  });
});
