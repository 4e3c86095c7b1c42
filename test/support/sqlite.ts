/** An embedded database in a folder of its own, and a look at how it does what it is asked. */
import { afterEach, jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteDatabase } from '../../src/storage/sqlite/database.js';

/** Makes folders that are gone after each test. */
export function folders(): () => string {
  const made: string[] = [];
  afterEach(() => {
    for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'portcullis-sqlite-'));
    made.push(folder);
    return folder;
  };
}

/** Opens databases that are closed after each test. */
export function databases(): (folder?: string) => SqliteDatabase {
  const newFolder = folders();
  const opened: SqliteDatabase[] = [];
  afterEach(() => {
    for (const database of opened.splice(0)) database.close();
  });
  return (folder = newFolder()) => {
    const database = new SqliteDatabase(folder);
    opened.push(database);
    return database;
  };
}

/** SQLite's plans for the SELECTs that `work` makes, one line for each. */
export async function plansOf(
  database: SqliteDatabase,
  work: () => Promise<unknown>,
): Promise<string[]> {
  const all = jest.spyOn(database, 'all');
  await work();
  const selects = all.mock.calls.filter(([text]) => text.startsWith('SELECT'));
  all.mockRestore();
  return selects.map(([text, ...values]) =>
    database
      .all(`EXPLAIN QUERY PLAN ${text}`, ...values)
      .map((row) => row.text('detail'))
      .join('; '),
  );
}
