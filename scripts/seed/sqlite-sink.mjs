// @ts-check
/** Into the embedded database: one flush to disk for a batch, not for a row. */
import { SqliteApplicationsStore } from '../../dist/applications/applications.store.sqlite.js';
import { toColumns as toEntryColumns } from '../../dist/audit/sqlite/audit.row.js';
import { SqliteDatabase } from '../../dist/storage/sqlite/database.js';
import { insertInto } from '../../dist/storage/sqlite/sql.js';
import { toColumns as toSessionColumns } from '../../dist/tokens/sessions/sqlite/session.row.js';
import { replaceTerms } from '../../dist/users/sqlite/search-terms.js';
import { toColumns as toUserColumns } from '../../dist/users/sqlite/user.row.js';

/**
 * @param {string} folder
 * @returns {Promise<import('./sinks.mjs').Sink>}
 */
export async function openSqliteSink(folder) {
  const database = new SqliteDatabase(folder);
  const applications = new SqliteApplicationsStore(database);

  /** @param {string} table @param {import('../../src/storage/sqlite/sql.js').Columns} columns */
  const insert = (table, columns) => {
    const { text, values } = insertInto(table, columns);
    database.run(text, ...values);
  };
  /** @type {<Row>(rows: readonly Row[], one: (row: Row) => void) => Promise<void>} */
  const insertAll = async (rows, one) =>
    database.transaction(() => {
      for (const row of rows) one(row);
    });

  return {
    name: `the database in ${folder}`,
    hasUser: async (id) => database.first('SELECT 1 FROM users WHERE id = ?', id) !== null,
    insertApplications: async (rows) => {
      for (const row of rows) {
        if ((await applications.findById(row.id)) === null) await applications.insert(row, 'none');
      }
    },
    insertUsers: (rows) =>
      insertAll(rows, (user) => {
        insert('users', toUserColumns(user));
        for (const [position, role] of user.roles.entries()) {
          insert('user_roles', { user_id: user.id, position, role });
        }
        replaceTerms(database, user.id, user.email, user.displayName);
      }),
    insertSessions: (rows) => insertAll(rows, (row) => insert('sessions', toSessionColumns(row))),
    insertEntries: (rows) => insertAll(rows, (row) => insert('audit', toEntryColumns(row))),
    finish: async () => undefined,
    close: async () => database.close(),
  };
}
