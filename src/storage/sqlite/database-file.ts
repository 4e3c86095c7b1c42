/**
 * What can be told of the database file without reading it. It must not be opened here: when a
 * process closes any descriptor of a file, POSIX drops all locks it has on it, SQLite's included.
 */
import { chmodSync, closeSync, openSync, statSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf } from '../caught.js';
import { othersMay, syncFolder } from '../data-folder.js';
import { StorageRefusedError } from '../storage.errors.js';
import { damaged } from './sqlite-errors.js';

/**
 * Makes the file unless it is there, readable by its owner alone.
 * @returns its path
 * @throws StorageRefusedError
 */
export function prepareDatabaseFile(folder: string): string {
  const file = join(folder, 'portcullis.db');
  try {
    prepare(file);
  } catch (error) {
    if (error instanceof StorageRefusedError) throw error;
    throw new StorageRefusedError(`${file} cannot be used: ${messageOf(error)}`, { cause: error });
  }
  return file;
}

function prepare(file: string): void {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats && !stats.isFile()) throw new StorageRefusedError(`${file} is not a file`);
  // SQLite takes one byte for none, and what is missing of a page for zeros.
  if (stats && stats.size > 0 && stats.size < smallestPage) {
    throw new StorageRefusedError(damaged(file, `only ${stats.size} bytes are left`));
  }
  // SQLite takes an empty file for a new database and deletes the log, with all that is only there.
  if ((stats?.size ?? 0) === 0 && sizeOf(`${file}-wal`) > 0) {
    throw new StorageRefusedError(damaged(file, 'empty or missing, while its -wal is not'));
  }
  if (stats) closeToOthers(file, stats);
  else create(file);
}

/** Before SQLite would, which gives it the permissions that the umask leaves. */
function create(file: string): void {
  closeSync(openSync(file, 'wx', 0o600));
  syncFolder(dirname(file));
}

/** A copy back from a backup is often readable by everybody; password hashes are in it. */
function closeToOthers(file: string, stats: Stats): void {
  if (othersMay(stats.mode)) chmodSync(file, 0o600);
}

const smallestPage = 512;

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
