/** What is not in order is refused by name, and not one byte of it changes. */
import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folders } from '../../../test/support/sqlite.js';
import { StorageRefusedError } from '../storage.errors.js';
import { SqliteDatabase } from './database.js';
import { schemaVersion } from './schema.js';

const newFolder = folders();
const fileIn = (folder: string): string => join(folder, 'portcullis.db');

/** A file of some hundred pages, closed, or left with its log as after a crash. */
function makeDatabase(folder: string): Buffer {
  const database = new SqliteDatabase(folder);
  const text =
    "INSERT INTO audit (id, at, actor_type, action, result) VALUES (?, ?, 'cli', ?, 'success')";
  database.transaction(() => {
    for (const n of Array(2000).keys()) database.run(text, `entry${n}`, n, 'x'.repeat(n % 200));
  });
  database.close();
  return readFileSync(fileIn(folder));
}

/** A new file in place of the old one, as a copy from elsewhere would be. */
function put(folder: string, content: Buffer | string): void {
  rmSync(fileIn(folder), { force: true });
  writeFileSync(fileIn(folder), content, { mode: 0o600 });
}

const digest = (content: Buffer): string =>
  `${content.length} bytes, ${createHash('sha256').update(content).digest('hex')}`;

function expectRefused(folder: string, message: RegExp): void {
  const contents = (): [string, string][] =>
    readdirSync(folder).map((name) => [name, digest(readFileSync(join(folder, name)))]);
  const before = contents();
  let refusal: unknown;
  try {
    new SqliteDatabase(folder);
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(StorageRefusedError);
  const line = (refusal as StorageRefusedError).message;
  expect(line).toMatch(message);
  expect(line).toContain(fileIn(folder));
  expect(line).not.toContain('\n');
  // A journal may come beside them, which says that there is nothing to be undone.
  expect(contents()).toEqual(expect.arrayContaining(before));
}

describe('a file that is damaged', () => {
  it.each([1, 100, 4095, 4096, 5000, 20_000, 200_000])('by %d bytes cut off its end', (bytes) => {
    const folder = newFolder();
    const good = makeDatabase(folder);
    put(folder, good.subarray(0, good.length - bytes));
    expectRefused(folder, /is damaged \(.+\); it was left as it is/);
  });

  it.each([1, 15, 16, 50, 99, 100, 512, 4096])('by all but its first %d bytes', (bytes) => {
    const folder = newFolder();
    put(folder, makeDatabase(folder).subarray(0, bytes));
    expectRefused(folder, /is damaged|is not a database/);
  });

  it.each([0.1, 0.3, 0.5, 0.7, 0.9])('by a page of zeros at %d of it', (part) => {
    const folder = newFolder();
    const content = makeDatabase(folder);
    const page = Math.floor((content.length / 4096) * part);
    content.fill(0, page * 4096, (page + 1) * 4096);
    put(folder, content);
    expectRefused(folder, /is damaged/);
  });

  it('by the loss of all but its log', () => {
    const folder = newFolder();
    writeFileSync(`${fileIn(folder)}-wal`, 'all that was not yet in the file');
    expectRefused(folder, /is damaged \(empty or missing, while its -wal is not\)/);
    put(folder, '');
    expectRefused(folder, /is damaged \(empty or missing, while its -wal is not\)/);
  });
});

describe('what is not ours', () => {
  it('is a text', () => {
    const folder = newFolder();
    put(folder, 'Dear diary,\n'.repeat(1000));
    expectRefused(folder, /portcullis\.db is not a database; it was left as it is$/);
  });

  it('is the database of another program', () => {
    const folder = newFolder();
    const database = new SqliteDatabase(folder);
    database.exec('PRAGMA application_id = 0; PRAGMA user_version = 0');
    database.close();
    expectRefused(folder, /is the database of another program/);
  });

  it('was written by a newer Portcullis', () => {
    const folder = newFolder();
    const database = new SqliteDatabase(folder);
    database.exec(`PRAGMA user_version = ${schemaVersion + 1}`);
    database.close();
    expectRefused(
      folder,
      new RegExp(`newer Portcullis \\(its schema is ${schemaVersion + 1}, this one knows`),
    );
  });

  it('has a header that SQLite mends with the first write', () => {
    const folder = newFolder();
    const content = makeDatabase(folder);
    const header = { pageCount: 28, userVersion: 60, validForChange: 92 };
    content.writeUInt32BE(1, header.pageCount);
    content.writeUInt32BE(0, header.validForChange);
    content.writeUInt32BE(schemaVersion + 1, header.userVersion);
    put(folder, content);
    expectRefused(folder, /newer Portcullis/);
  });

  it('is a folder', () => {
    const folder = newFolder();
    mkdirSync(fileIn(folder));
    expect(() => new SqliteDatabase(folder)).toThrow(/portcullis\.db is not a file/);
  });

  it('is a file where the folder should be', () => {
    const file = join(newFolder(), 'data');
    writeFileSync(file, '');
    expect(() => new SqliteDatabase(join(file, 'inside'))).toThrow(StorageRefusedError);
    expect(() => new SqliteDatabase(file)).toThrow(/^DATA_DIR \S+ cannot be made: /);
  });
});
