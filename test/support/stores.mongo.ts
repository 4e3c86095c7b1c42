import { randomBytes } from 'node:crypto';
import { MongoApplicationsStore } from '../../src/applications/applications.store.mongo.js';
import { MongoAuditStore } from '../../src/audit/audit.store.mongo.js';
import { connectMongo, type MongoConnection } from '../../src/storage/mongo/connection.js';
import { MongoKeysStore } from '../../src/tokens/keys/keys.store.mongo.js';
import { MongoIssuerVersionStore } from '../../src/tokens/revocation/issuer-version.store.mongo.js';
import { MongoRevocationLog } from '../../src/tokens/revocation/log/revocation-log.mongo.js';
import { MongoSessionsStore } from '../../src/tokens/sessions/sessions.store.mongo.js';
import { MongoUsersStore } from '../../src/users/users.store.mongo.js';
import { getMongoUri } from './services/describe-with.js';
import type { CleanUps, Stores } from './stores.js';

/** A database of its own on the server that was found, and a connection for each node. */
export async function openMongo(cleanUps: CleanUps): Promise<Stores> {
  const name = `portcullis-test-${randomBytes(8).toString('hex')}`;
  const connect = async (): Promise<MongoConnection> => {
    const connection = await connectMongo(getMongoUri(), name);
    cleanUps.push(() => connection.close());
    return connection;
  };
  const first = await connect();
  cleanUps.push(() => first.dropDatabase());

  const storesOn = async (connection: MongoConnection): Promise<Stores> => {
    const stores = {
      users: new MongoUsersStore(connection),
      sessions: new MongoSessionsStore(connection),
      applications: new MongoApplicationsStore(connection),
      audit: new MongoAuditStore(connection),
      issuerVersion: new MongoIssuerVersionStore(connection),
      keys: new MongoKeysStore(connection, 'a secret for the contract tests'),
      revocationLog: new MongoRevocationLog(connection),
    };
    for (const store of Object.values(stores)) await store.ensureIndexes();
    return { ...stores, otherNode: async () => storesOn(await connect()) };
  };
  return storesOn(first);
}
