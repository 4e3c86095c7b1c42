import { SystemClock } from '@portcullis/auth';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../../storage/caught.js';
import { makeDataFolder, othersMay } from '../../storage/data-folder.js';
import { replaceFile } from '../../storage/replace-file.js';
import { StorageRefusedError, StorageUnavailableError } from '../../storage/storage.errors.js';
import { parseKeySet, serializeKeySet } from './key-set.json.js';
import { KeysStore, type KeySet } from './keys.store.js';
import type { SigningKey } from './signing-key.js';

const empty: KeySet = { revision: 0, keys: [] };

/**
 * The key set in `<folder>/signing-keys.json`, for the one process that has the folder. Private keys
 * are in it as they are, so nobody else may read it.
 */
export class FileKeysStore extends KeysStore {
  private readonly file: string;
  /** The machine's own: a revoke's time limit is by the clock of the database on it. */
  private readonly clock = new SystemClock();

  /** @throws StorageRefusedError when the folder cannot be made */
  constructor(folder: string) {
    super();
    this.file = join(makeDataFolder(folder), 'signing-keys.json');
  }

  /** @throws StorageRefusedError when others may read the file, or it is not what `save` wrote */
  override async load(): Promise<KeySet> {
    return this.read();
  }

  /** Never over a file that `load` refuses. */
  override async save(
    revision: number,
    keys: readonly SigningKey[],
    notAfter?: Date,
  ): Promise<boolean> {
    if (this.read().revision !== revision) return false;
    if (notAfter && (revision === 0 || this.clock.now() >= notAfter.getTime())) return false;
    const text = serializeKeySet({ revision: revision + 1, keys });
    this.guarded('written', () => replaceFile(this.file, text));
    return true;
  }

  private read(): KeySet {
    const text = this.guarded('read', () => this.readText());
    if (text === null) return empty;
    const set = parseKeySet(text);
    if (set) return set;
    throw new StorageRefusedError(
      `${this.file} is damaged; it was left as it is: restore it from a backup, or move it away to begin with new keys`,
    );
  }

  private readText(): string | null {
    const descriptor = openIfThere(this.file);
    if (descriptor === null) return null;
    try {
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) throw new StorageRefusedError(`${this.file} is not a file`);
      if (othersMay(stats.mode)) {
        throw new StorageRefusedError(
          `${this.file} holds private keys and is open to others than its owner: run "chmod 600 ${this.file}"`,
        );
      }
      return readFileSync(descriptor, 'utf8');
    } finally {
      closeSync(descriptor);
    }
  }

  private guarded<T>(done: string, operation: () => T): T {
    try {
      return operation();
    } catch (error) {
      if (error instanceof StorageRefusedError) throw error;
      throw new StorageUnavailableError(`${this.file} cannot be ${done}`, { cause: error });
    }
  }
}

function openIfThere(file: string): number | null {
  try {
    return openSync(file, 'r');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}
