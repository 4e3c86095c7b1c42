/** What is particular to sessions in MongoDB. */
import { expect, it } from '@jest/globals';
import { connectMongo } from '../../src/storage/mongo/connection.js';
import { MongoSessionsStore } from '../../src/tokens/sessions/sessions.store.mongo.js';
import { randomBytes } from 'node:crypto';
import { at, newSession } from '../support/rows.js';
import { describeWithMongo, getMongoUri } from '../support/services/describe-with.js';

describeWithMongo('a session from before it was kept what it was opened with', () => {
  it('ends by whatever ends sessions', async () => {
    const name = `portcullis-test-${randomBytes(8).toString('hex')}`;
    const connection = await connectMongo(getMongoUri(), name);
    try {
      const { id, openedWith: _, ...old } = newSession('old');
      await connection.collection<{ _id: string }>('sessions').insertOne({ _id: id, ...old });
      const sessions = new MongoSessionsStore(connection);
      expect(await sessions.findById('old')).toEqual(
        newSession('old', { openedWith: { user: 0, application: 0, issuer: 0 } }),
      );
      const end = { at: at(1), reason: 'revoked', by: 'cli' };
      expect(await sessions.endAll({ openedBelow: { user: 1 } }, end)).toBe(1);
      expect((await sessions.findById('old'))?.end).toEqual(end);
    } finally {
      await connection.dropDatabase();
      await connection.close();
    }
  });
});
