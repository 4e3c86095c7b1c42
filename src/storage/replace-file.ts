/** Writing a file so that whoever reads it, after a crash too, finds the old text or the new one. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from './data-folder.js';

/** Readable by its owner alone, from its first byte on. Returns once it is on disk. */
export function replaceFile(path: string, text: string): void {
  // Beside it: a rename is one step only within a file system.
  const draft = `${path}.tmp`;
  // What a crash left. It must go, for only a new file is sure to get these permissions.
  rmSync(draft, { force: true });
  try {
    writeAndFlush(draft, text);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

function writeAndFlush(path: string, text: string): void {
  const descriptor = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
