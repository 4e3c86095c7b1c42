import type { SqliteDatabase } from '../../storage/sqlite/database.js';
import { searchTermsOf } from '../search-terms.js';

/** Within a transaction, with the user. */
export function replaceTerms(
  database: SqliteDatabase,
  id: string,
  email: string,
  displayName: string,
): void {
  database.run('DELETE FROM user_terms WHERE user_id = ?', id);
  const text = 'INSERT INTO user_terms (term, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING';
  for (const term of searchTermsOf(email, displayName)) database.run(text, term, id);
}

/** Users of an earlier release have none. */
export function addMissingTerms(database: SqliteDatabase): void {
  if (database.first('SELECT 1 FROM user_terms LIMIT 1')) return;
  database.transaction(() => {
    for (const row of database.all('SELECT id, email, display_name FROM users')) {
      replaceTerms(database, row.text('id'), row.text('email'), row.text('display_name'));
    }
  });
}
