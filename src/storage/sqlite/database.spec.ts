import { describe, expect, it } from '@jest/globals';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databases, folders } from '../../../test/support/sqlite.js';
import { DuplicateError, StorageRefusedError, StorageUnavailableError } from '../storage.errors.js';
import { SqliteDatabase } from './database.js';
import type { SqliteValue } from './row.js';

const newFolder = folders();
const open = databases();

const built = new URL('../../../dist/storage/sqlite/database.js', import.meta.url).href;
const opens = (folder: string): string =>
  `import { SqliteDatabase } from ${JSON.stringify(built)};
   const database = new SqliteDatabase(${JSON.stringify(folder)});`;
const nodeArguments = (script: string): string[] => ['--input-type=module', '--eval', script];

/** Another process that opens `folder` and keeps it, if it is not refused. */
async function startOther(folder: string): Promise<ChildProcess> {
  const script = `${opens(folder)} console.log('open'); setInterval(() => database, 1000);`;
  const stdio = ['ignore', 'pipe', 'ignore'] as const;
  const child = spawn(process.execPath, nodeArguments(script), { stdio: [...stdio] });
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  return child;
}

const kill = async (child: ChildProcess): Promise<void> => {
  child.kill('SIGKILL');
  await once(child, 'exit');
};

const withNotes = (): SqliteDatabase => {
  const database = open();
  database.exec('CREATE TABLE notes (id TEXT PRIMARY KEY NOT NULL, body TEXT UNIQUE) STRICT');
  return database;
};
const add = 'INSERT INTO notes (id, body) VALUES (?, ?)';
const addAndTell = `${add} RETURNING id`;
const idsIn = (database: SqliteDatabase): string[] =>
  database.all('SELECT id FROM notes ORDER BY id').map((row) => row.text('id'));

describe('the folder', () => {
  const modes = (folder: string): Record<string, string> =>
    Object.fromEntries(
      readdirSync(folder).map((name) => [
        name,
        (statSync(join(folder, name)).mode & 0o777).toString(8),
      ]),
    );

  it('is made for its owner alone, with the folders above it', () => {
    const above = join(newFolder(), 'var');
    const folder = join(above, 'data');
    open(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(above).mode & 0o777).toBe(0o700);
    expect(modes(folder)).toEqual({ 'portcullis.db': '600', 'portcullis.db-wal': '600' });
  });

  it('loses what a backup let others do', () => {
    const folder = newFolder();
    new SqliteDatabase(folder).close();
    chmodSync(join(folder, 'portcullis.db'), 0o644);
    open(folder);
    expect(modes(folder)).toEqual({ 'portcullis.db': '600', 'portcullis.db-wal': '600' });
  });

  it('has one file in it once it is closed, and can be opened again', () => {
    const folder = newFolder();
    for (const round of [1, 2, 3]) {
      const database = new SqliteDatabase(folder);
      database.exec(`CREATE TABLE t${round} (id INTEGER)`);
      database.close();
      expect(readdirSync(folder)).toEqual(['portcullis.db']);
    }
    const tables = open(folder).all("SELECT name FROM sqlite_schema WHERE name LIKE 't_'");
    expect(tables.map((row) => row.text('name'))).toEqual(['t1', 't2', 't3']);
  });

  it('takes an empty file for a new database', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'portcullis.db'), '', { mode: 0o644 });
    expect(open(folder).all('SELECT id FROM users')).toEqual([]);
    expect(modes(folder)['portcullis.db']).toBe('600');
  });
});

describe('two at once', () => {
  it('in two processes: the second is refused in one line, and can go on when the first is gone', async () => {
    const folder = newFolder();
    const first = await startOther(folder);
    try {
      const line = `DATA_DIR ${folder} is used by another Portcullis: stop it first, or choose another folder`;
      expect(() => new SqliteDatabase(folder)).toThrow(StorageRefusedError);
      expect(() => new SqliteDatabase(folder)).toThrow(new RegExp(`^${line}$`));
    } finally {
      await kill(first);
    }
    open(folder);
  });

  it('in two processes, the other way round', () => {
    const folder = newFolder();
    const database = open(folder);
    database.run('UPDATE issuer SET version = version + 1');
    const { status, stderr } = spawnSync(process.execPath, nodeArguments(opens(folder)));
    expect(status).toBe(1);
    expect(stderr.toString()).toMatch(/^StorageRefusedError: DATA_DIR \S+ is used by another/m);
    expect(database.first('SELECT version FROM issuer')?.number('version')).toBe(2);
  });

  it('that start together: exactly one goes on', async () => {
    const folder = newFolder();
    new SqliteDatabase(folder).close();
    const children = await Promise.all(Array.from({ length: 4 }, () => startOther(folder)));
    const running = children.filter((child) => child.exitCode === null);
    for (const child of running) await kill(child);
    expect(running).toHaveLength(1);
  });

  it('in one process', () => {
    const folder = newFolder();
    open(folder);
    expect(() => new SqliteDatabase(folder)).toThrow(/is used by another Portcullis/);
  });
});

describe('settings', () => {
  it.each([
    ['journal_mode', 'wal'],
    ['locking_mode', 'exclusive'],
    ['synchronous', 2],
    ['foreign_keys', 1],
  ])('%s is %s', (name, value) => {
    const row = open().first(`PRAGMA ${name}`);
    expect(typeof value === 'string' ? row?.text(name) : row?.number(name)).toBe(value);
  });
});

describe('values', () => {
  it.each<[SqliteValue, string | number | null]>([
    ['50% _\\ \' " ; --', '50% _\\ \' " ; --'],
    ['名前 😀', '名前 😀'],
    // The driver would give back `a`, and the two below would be the same account.
    ['a\0b', 'a\uFFFDb'],
    ['a\uD800b', 'a\uFFFDb'],
    [true, 1],
    [false, 0],
    [new Date(1_767_323_045_678), 1_767_323_045_678],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    [null, null],
  ])('%p is kept as %p', (value, kept) => {
    const row = open().first('SELECT ? AS value', value);
    const read = typeof kept === 'number' ? row?.number('value') : row?.textOrNull('value');
    expect(read).toBe(kept);
  });

  // Each of them would end the process, or be stored as NULL.
  it.each([undefined, {}, ['a'], Symbol('a'), Number.NaN, Infinity, new Date(Number.NaN)])(
    '%p is not taken',
    (value) => {
      const database = open();
      expect(() => database.all('SELECT ?', value as SqliteValue)).toThrow(TypeError);
    },
  );
});

describe('what fails', () => {
  it('names the column that is taken', () => {
    const database = withNotes();
    database.run(add, 'a', 'same');
    expect(() => database.run(add, 'a', 'other')).toThrow(new DuplicateError('id'));
    expect(() => database.run(add, 'b', 'same')).toThrow(new DuplicateError('body'));
  });

  it('does not lend its values to the next', () => {
    const database = withNotes();
    database.first(addAndTell, 'a', '1');
    expect(() => database.first(addAndTell, 'a', '2')).toThrow(DuplicateError);
    expect(database.first(addAndTell, 'b', '2')?.text('id')).toBe('b');
  });

  it('takes its whole transaction with it, and says why', () => {
    const database = withNotes();
    const failing = (): void =>
      database.transaction(() => {
        database.run(add, 'a', '1');
        database.run(add, 'a', '2');
      });
    expect(failing).toThrow(new DuplicateError('id'));
    expect(idsIn(database)).toEqual([]);
    database.transaction(() => database.run(add, 'b', '1'));
    expect(idsIn(database)).toEqual(['b']);
  });

  it('is an outage only when the fault is not in the statement', () => {
    const database = withNotes();
    expect(() => database.all('SELECT missing')).toThrow(/no such column/);
    expect(() => database.run(add, null, 'x')).toThrow(/NOT NULL/);
  });

  it('is refused after the end', () => {
    const database = open();
    database.close();
    database.close();
    expect(() => database.all('SELECT 1')).toThrow(StorageUnavailableError);
    expect(() => database.transaction(() => 1)).toThrow(StorageUnavailableError);
  });
});

describe('a full disk', () => {
  const fill = (database: SqliteDatabase): string[] => {
    const acknowledged: string[] = [];
    expect(() => {
      for (let n = 1000; ; n += 1) {
        database.run(add, `n${n}`, `${n} `.repeat(500));
        acknowledged.push(`n${n}`);
      }
    }).toThrow(StorageUnavailableError);
    return acknowledged;
  };
  const limit = (database: SqliteDatabase, room: number): void => {
    const pages = database.first('PRAGMA page_count')?.number('page_count') ?? 0;
    database.all(`PRAGMA max_page_count = ${pages + room}`);
  };

  it('is an outage, and what was there before stays, now and after a restart', () => {
    const folder = newFolder();
    const database = open(folder);
    database.exec('CREATE TABLE notes (id TEXT PRIMARY KEY NOT NULL, body TEXT) STRICT');
    limit(database, 20);
    const acknowledged = fill(database);
    expect(acknowledged.length).toBeGreaterThan(5);
    expect(idsIn(database)).toEqual(acknowledged);
    database.close();
    expect(idsIn(open(folder))).toEqual(acknowledged);
  });

  it('undoes a transaction, and is over when there is room again', () => {
    const database = withNotes();
    limit(database, 3);
    const many = (): void =>
      database.transaction(() => {
        for (const n of Array(20).keys()) database.run(add, `n${n}`, `${n} `.repeat(1000));
      });
    expect(many).toThrow(StorageUnavailableError);
    expect(idsIn(database)).toEqual([]);
    limit(database, 1000);
    many();
    expect(idsIn(database)).toHaveLength(20);
  });
});
