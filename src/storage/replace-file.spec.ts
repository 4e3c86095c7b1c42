import { describe, expect, it } from '@jest/globals';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folders } from '../../test/support/sqlite.js';
import { replaceFile } from './replace-file.js';

const newFolder = folders();

describe('replaceFile', () => {
  it('leaves the new text, readable by its owner alone, and nothing beside it', () => {
    const folder = newFolder();
    const file = join(folder, 'secret.json');
    writeFileSync(file, 'old', { mode: 0o644 });
    replaceFile(file, 'new');
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['secret.json']);
  });

  it('does not write into what a crash, or somebody else, left in its way', () => {
    const folder = newFolder();
    const file = join(folder, 'secret.json');
    writeFileSync(`${file}.tmp`, 'half', { mode: 0o666 });
    replaceFile(file, 'new');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['secret.json']);
  });

  it('never changes the file itself, so that a crash cannot leave half of it', () => {
    const file = join(newFolder(), 'secret.json');
    writeFileSync(file, 'old');
    const before = statSync(file).ino;
    replaceFile(file, 'new');
    expect(statSync(file).ino).not.toBe(before);
  });

  it('leaves the old text when it cannot be done', () => {
    const folder = newFolder();
    const file = join(folder, 'secret.json');
    mkdirSync(join(file, 'inside'), { recursive: true });
    expect(() => replaceFile(file, 'new')).toThrow();
    expect(readdirSync(folder)).toEqual(['secret.json']);
  });
});
