/** The folder of what this server keeps in files: for its own user alone, and still there after a power cut. */
import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { messageOf } from './caught.js';
import { StorageRefusedError } from './storage.errors.js';

/** Windows has no permission bits, and no way to flush a folder. */
const isPosix = process.platform !== 'win32';

/** The bits that let anybody but the owner in. */
export const othersMay = (mode: number): boolean => isPosix && (mode & 0o077) !== 0;

/**
 * Makes the folder unless it is there, and answers its absolute path.
 * @throws StorageRefusedError
 */
export function makeDataFolder(folder: string): string {
  const path = resolve(folder);
  try {
    const made = mkdirSync(path, { recursive: true, mode: 0o700 });
    if (made !== undefined) syncFolder(dirname(path));
  } catch (error) {
    throw new StorageRefusedError(`DATA_DIR ${path} cannot be made: ${messageOf(error)}`, {
      cause: error,
    });
  }
  return path;
}

/** A file that was made or renamed is only sure to be found again once its folder is flushed. */
export function syncFolder(path: string): void {
  if (!isPosix) return;
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
