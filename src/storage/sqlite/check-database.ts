/** What is looked at before the first write, so that a file that is not in order stays as it is. */
import { statSync } from 'node:fs';
import { StorageRefusedError } from '../storage.errors.js';
import type { StatementRunner } from './statement-runner.js';
import { applicationId, schemaVersion } from './schema.js';
import { damaged } from './sqlite-errors.js';

/** @throws StorageRefusedError */
export function checkDatabase(database: StatementRunner, file: string): void {
  const application = pragma(database, 'application_id');
  const version = pragma(database, 'user_version');
  const isNew = application === 0 && version === 0 && !hasTables(database);
  if (!isNew && application !== applicationId) {
    throw new StorageRefusedError(
      `${file} is the database of another program; it was left as it is`,
    );
  }
  if (version > schemaVersion) {
    throw new StorageRefusedError(
      `${file} was written by a newer Portcullis (its schema is ${version}, this one knows ${schemaVersion}); it was left as it is`,
    );
  }
  checkIntegrity(database, file);
}

function checkIntegrity(database: StatementRunner, file: string): void {
  const [finding] = database.all('PRAGMA quick_check(1)');
  const text = finding?.text('quick_check') ?? 'nothing found';
  if (text !== 'ok') throw new StorageRefusedError(damaged(file, lastLine(text)));
  // SQLite takes what is missing of the last page for zeros. With a log there may be less on disk.
  const cut = statSync(file).size % pragma(database, 'page_size') !== 0;
  if (cut && !hasLog(file)) throw new StorageRefusedError(damaged(file, 'it was cut off'));
}

/** The first says which database it is about. */
const lastLine = (text: string): string => text.slice(text.lastIndexOf('\n') + 1);

const hasLog = (file: string): boolean =>
  (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;

const hasTables = (database: StatementRunner): boolean =>
  database.all('SELECT 1 FROM sqlite_schema LIMIT 1').length > 0;

const pragma = (database: StatementRunner, name: string): number =>
  database.first(`PRAGMA ${name}`)?.number(name) ?? 0;
