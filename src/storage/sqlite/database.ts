/** The one place that knows the driver, and how this server keeps its embedded database. */
import Driver from 'libsql';
import { makeDataFolder } from '../data-folder.js';
import { StorageRefusedError, StorageUnavailableError } from '../storage.errors.js';
import { checkDatabase } from './check-database.js';
import { prepareDatabaseFile } from './database-file.js';
import { SqliteRow, toBound, type SqliteValue } from './row.js';
import { migrate } from './schema.js';
import { toRefusal, toStorageError } from './sqlite-errors.js';
import type { StatementRunner } from './statement-runner.js';

/**
 * `<folder>/portcullis.db`, for this process alone until `close`. Calls are synchronous, and what
 * they wrote is on disk when they return.
 *
 * Of the driver neither `get` nor `transaction` is used: the call of `get` after one that failed runs
 * with the values of that one, and `transaction` replaces the error by that of its own rollback.
 */
export class SqliteDatabase implements StatementRunner {
  private readonly driver: Driver.Database;
  /** By their texts, which hold no values: there are as many as the code can make. */
  private readonly statements = new Map<string, Driver.Statement>();
  private isOpen = true;

  /** @throws StorageRefusedError when the folder is in use, or what is in it cannot be worked with */
  constructor(folder: string) {
    const path = makeDataFolder(folder);
    const file = prepareDatabaseFile(path);
    try {
      this.driver = openAlone(file);
      checkDatabase(this, file);
      this.configure();
      migrate(this);
    } catch (error) {
      const cause = error instanceof StorageUnavailableError ? error.cause : error;
      throw toRefusal(cause, path, file);
    }
  }

  /** Answers how many rows it changed. Not for what returns rows: it would stay uncommitted. */
  run(text: string, ...values: readonly SqliteValue[]): number {
    return this.guarded(() => this.prepare(text).run(values.map(toBound)).changes);
  }

  all(text: string, ...values: readonly SqliteValue[]): SqliteRow[] {
    const rows = this.guarded(() => this.prepare(text).all(values.map(toBound)));
    return rows.map((row) => new SqliteRow(row as Record<string, unknown>));
  }

  /** For what returns one row at most. */
  first(text: string, ...values: readonly SqliteValue[]): SqliteRow | null {
    return this.all(text, ...values)[0] ?? null;
  }

  /** Statements without values. */
  exec(text: string): void {
    this.guarded(() => this.driver.exec(text));
  }

  /** All of `work` or nothing of it. Nothing comes in between, as `work` cannot wait for anything. */
  transaction<T>(work: () => T): T {
    this.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.exec('COMMIT');
      return result;
    } catch (error) {
      // After some errors SQLite has done so itself.
      if (this.driver.inTransaction) this.exec('ROLLBACK');
      throw error;
    }
  }

  /**
   * Moves all of the log into the file and gives the folder back. The driver closes a file only when
   * the process ends, and in WAL mode SQLite would keep its lock until then; so the mode goes first.
   */
  close(): void {
    if (!this.isOpen) return;
    try {
      this.all('PRAGMA journal_mode = DELETE');
      this.all('PRAGMA locking_mode = NORMAL');
      this.all('SELECT count(*) FROM sqlite_schema');
    } catch {
      // Nothing is lost: what is not in the file yet is in the log, where the next start finds it.
    }
    this.isOpen = false;
    this.statements.clear();
    this.driver.close();
  }

  private configure(): void {
    const mode = this.first('PRAGMA journal_mode = WAL')?.text('journal_mode');
    if (mode !== 'wal') throw new StorageRefusedError('DATA_DIR is on a disk without file locks');
    // Each commit is flushed before it returns; macOS does that only when asked twice.
    this.exec('PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON');
    this.exec('PRAGMA foreign_keys = ON');
  }

  private prepare(text: string): Driver.Statement {
    const known = this.statements.get(text);
    if (known) return known;
    const statement = this.driver.prepare(text);
    this.statements.set(text, statement);
    return statement;
  }

  private guarded<T>(operation: () => T): T {
    if (!this.isOpen) throw new StorageUnavailableError('the database is closed');
    try {
      return operation();
    } catch (error) {
      throw toStorageError(error);
    }
  }
}

/**
 * Takes the lock before anything is read, so that of two that start together one goes on. There is
 * no waiting for it: whoever has it keeps it. Rolled back, as SQLite would mend a header in passing.
 */
function openAlone(file: string): Driver.Database {
  const driver = open(file);
  try {
    driver.exec('PRAGMA locking_mode = EXCLUSIVE');
    driver.exec('BEGIN EXCLUSIVE');
    driver.exec('ROLLBACK');
    return driver;
  } catch (error) {
    driver.close();
    throw error;
  }
}

function open(file: string): Driver.Database {
  try {
    return new Driver(file);
  } catch (error) {
    throw new StorageRefusedError(`${file} cannot be opened`, { cause: error });
  }
}
