import { describe, expect, it } from '@jest/globals';
import { databases, folders } from '../../../test/support/sqlite.js';
import { SqliteDatabase } from './database.js';
import { applicationId, migrate, schemaVersion } from './schema.js';

const open = databases();
const newFolder = folders();

const pragma = (database: SqliteDatabase, name: string): number | undefined =>
  database.first(`PRAGMA ${name}`)?.number(name);

const addTable = (name: string): string => `CREATE TABLE ${name} (id INTEGER PRIMARY KEY) STRICT;`;
/** Steps that an opened file has taken already, whatever they say now. */
const done = Array<string>(schemaVersion).fill('this one is done');
const tableExists = (database: SqliteDatabase, name: string): boolean =>
  database.first('SELECT 1 FROM sqlite_schema WHERE name = ?', name) !== null;

describe('the steps of the schema', () => {
  it('are all taken on an empty file, and none on the next start', () => {
    const folder = newFolder();
    const database = new SqliteDatabase(folder);
    expect(pragma(database, 'user_version')).toBe(schemaVersion);
    expect(pragma(database, 'application_id')).toBe(applicationId);
    database.run('UPDATE issuer SET version = version + 1');
    database.close();
    expect(open(folder).first('SELECT version FROM issuer')?.number('version')).toBe(2);
  });

  it('are taken from where the file is', () => {
    const database = open();
    migrate(database, [...done, addTable('second'), addTable('third')]);
    expect([tableExists(database, 'second'), tableExists(database, 'third')]).toEqual([true, true]);
    expect(pragma(database, 'user_version')).toBe(schemaVersion + 2);
  });

  it('are taken wholly or not at all', () => {
    const database = open();
    const broken = `${addTable('third')} INSERT INTO nowhere VALUES (1);`;
    const steps = [...done, addTable('second'), broken];
    expect(() => migrate(database, steps)).toThrow(/no such table/);
    expect([tableExists(database, 'second'), tableExists(database, 'third')]).toEqual([
      true,
      false,
    ]);
    expect(pragma(database, 'user_version')).toBe(schemaVersion + 1);
  });
});

describe('what no code may do', () => {
  it.each([
    'UPDATE issuer SET version = version - 1',
    'UPDATE issuer SET version = version',
    'UPDATE issuer SET version = version + 2',
    'UPDATE users SET token_version = 1',
    'UPDATE applications SET version = 1',
  ])('%s', (text) => {
    const database = open();
    database.exec(`
      INSERT INTO users VALUES ('a', 'a@b', 'a@b', 'a@b', 'A', 'a', 'active', 5, 'hash', 0, 0, NULL, NULL, NULL);
      INSERT INTO applications VALUES ('a', 'A', 'a', '[]', 1, 1, 1, 1, 0, 1, 5, 'hash', 0, 0);
    `);
    expect(() => database.run(text)).toThrow(/version only grows, by one/);
  });

  it.each([
    'UPDATE revocation_log SET seq = seq - 1',
    "UPDATE revocation_log SET log = 'another'",
    'UPDATE revocation_events SET version = 1',
  ])('%s', (text) => {
    const database = open();
    database.exec(`
      INSERT INTO revocation_log VALUES (1, 'this', 7, 0, 1);
      INSERT INTO revocation_events VALUES (7, 'u:a', 2, 0);
    `);
    expect(() => database.run(text)).toThrow(/the revocation log only grows/);
  });

  it.each(["UPDATE audit SET result = 'success'", 'DELETE FROM audit'])('%s', (text) => {
    const database = open();
    database.exec(
      "INSERT INTO audit (id, at, actor_type, action, result) VALUES ('a', 0, 'cli', 'x', 'failure')",
    );
    expect(() => database.run(text)).toThrow(/the audit log is append-only/);
  });
});
