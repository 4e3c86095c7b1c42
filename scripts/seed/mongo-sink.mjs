// @ts-check
/** Into MongoDB, as the nodes that share it keep their rows. */
import { MongoApplicationsStore } from '../../dist/applications/applications.store.mongo.js';
import { MongoAuditStore } from '../../dist/audit/audit.store.mongo.js';
import { toPrefix } from '../../dist/audit/mongo/audit.schema.js';
import { connectMongo } from '../../dist/storage/mongo/connection.js';
import { MongoSessionsStore } from '../../dist/tokens/sessions/sessions.store.mongo.js';
import { MongoUsersStore } from '../../dist/users/users.store.mongo.js';
import { toUserRow } from '../../dist/users/mongo/user.schema.js';

/**
 * @param {string} uri
 * @returns {Promise<import('./sinks.mjs').Sink>}
 */
export async function openMongoSink(uri) {
  const connection = await connectMongo(uri);
  const stores = [
    new MongoUsersStore(connection),
    new MongoSessionsStore(connection),
    new MongoAuditStore(connection),
  ];
  const applications = new MongoApplicationsStore(connection);
  let entries = 0;

  /** @param {string} name @param {readonly object[]} rows */
  const insert = async (name, rows) => {
    await connection.collection(name).insertMany([...rows], { ordered: false });
  };
  /** @param {{ readonly id: string }} row */
  const withId = ({ id, ...row }) => ({ _id: id, ...row });

  return {
    name: `the database ${connection.name}`,
    hasUser: async (id) =>
      (await connection.collection('users').findOne({ _id: /** @type {any} */ (id) })) !== null,
    insertApplications: async (rows) => {
      await applications.ensureIndexes();
      for (const row of rows) {
        if ((await applications.findById(row.id)) === null) await applications.insert(row, 'none');
      }
    },
    insertUsers: (rows) => insert('users', rows.map(toUserRow)),
    insertSessions: (rows) => insert('sessions', rows.map(withId)),
    insertEntries: (rows) =>
      insert(
        'audit',
        rows.map((row) => {
          const order = `${toPrefix(row.at)}-${String((entries += 1)).padStart(12, '0')}`;
          return { ...withId(row), order, storedAt: row.at };
        }),
      ),
    // After the rows, as an index that is there slows each of them down.
    finish: async () => {
      for (const store of stores) await store.ensureIndexes();
    },
    close: () => connection.close(),
  };
}
