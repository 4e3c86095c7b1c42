/** What is particular to keys in a file; what all stores keep to is in test/contract. */
import { describe, expect, it } from '@jest/globals';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { at, newKey } from '../../../test/support/rows.js';
import { folders } from '../../../test/support/sqlite.js';
import { StorageRefusedError, StorageUnavailableError } from '../../storage/storage.errors.js';
import { FileKeysStore } from './keys.store.file.js';

const newFolder = folders();
const fileIn = (folder: string): string => join(folder, 'signing-keys.json');

async function saved(): Promise<{ folder: string; file: string; store: FileKeysStore }> {
  const folder = newFolder();
  const store = new FileKeysStore(folder);
  await store.save(0, [newKey('k1', { retiredAt: at(3) })]);
  return { folder, file: fileIn(folder), store };
}

describe('the file of the signing keys', () => {
  it('is there after the first save, with its folder, for its owner alone', async () => {
    const folder = join(newFolder(), 'data');
    const store = new FileKeysStore(folder);
    await store.load();
    expect(existsSync(fileIn(folder))).toBe(false);
    await store.save(0, [newKey('k1')]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(fileIn(folder)).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['signing-keys.json']);
  });

  it.each([0o644, 0o640, 0o604, 0o660, 0o602, 0o610])(
    'is refused with mode %o, and not written over',
    async (mode) => {
      const { file, store } = await saved();
      const before = readFileSync(file, 'utf8');
      chmodSync(file, mode);
      const line = `${file} holds private keys and is open to others than its owner: run "chmod 600 ${file}"`;
      await expect(store.load()).rejects.toThrow(new StorageRefusedError(line));
      await expect(store.save(1, [])).rejects.toThrow(StorageRefusedError);
      expect(readFileSync(file, 'utf8')).toBe(before);
      chmodSync(file, 0o600);
      expect((await store.load()).revision).toBe(1);
    },
  );

  const damages: [string, (text: string) => string][] = [
    ['cut off', (text) => text.slice(0, -10)],
    ['empty', () => ''],
    ['another kind of file', () => 'Dear diary'],
    ['a list', () => '[]'],
    ['null', () => 'null'],
    ['without a revision', (text) => text.replace('"revision": 1,', '')],
    ['of a revision that is none', (text) => text.replace('"revision": 1', '"revision": 0')],
    ['without its keys', () => '{"revision": 1}'],
    ['with a key of another state', (text) => text.replace('"active"', '"trusted"')],
    ['with a key without a name', (text) => text.replace('"k1"', '""')],
    ['with a member missing', (text) => text.replace(/"revokedAt": null/, '"x": null')],
    [
      'with a date that is none',
      (text) => text.replace(/"createdAt": "[^"]*"/, '"createdAt": "x"'),
    ],
    ['with a key of another curve', (text) => text.replace('"P-256"', '"P-384"')],
  ];
  it.each(damages)('is refused by name when it is %s, and not written over', async (_, damage) => {
    const { file, store } = await saved();
    const damaged = damage(readFileSync(file, 'utf8'));
    writeFileSync(file, damaged);
    const line = new RegExp(`^${file} is damaged; it was left as it is: .+$`);
    await expect(store.load()).rejects.toThrow(line);
    await expect(store.load()).rejects.toThrow(StorageRefusedError);
    await expect(store.save(1, [newKey('k2')])).rejects.toThrow(line);
    expect(readFileSync(file, 'utf8')).toBe(damaged);
  });

  it('is in no error, whatever is wrong with it', async () => {
    const { file, store } = await saved();
    const { privateKey } = newKey('k1');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(`"${privateKey ?? ''}"`, `"${privateKey ?? ''}`),
    );
    const error: unknown = await store.load().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StorageRefusedError);
    expect((error as Error).cause).toBeUndefined();
    expect((error as Error).message).not.toContain(privateKey);
  });

  it('gives away no private part with a public key', async () => {
    const { file, store } = await saved();
    writeFileSync(file, readFileSync(file, 'utf8').replace('"kty"', '"d": "secret", "kty"'));
    const [key] = (await store.load()).keys;
    expect(key?.publicJwk).toEqual(newKey('k1').publicJwk);
  });

  it('that cannot be written is an outage', async () => {
    const { file, store } = await saved();
    // A folder in the way of the draft stops root as well.
    mkdirSync(join(`${file}.tmp`, 'inside'), { recursive: true });
    await expect(store.save(1, [newKey('k2')])).rejects.toThrow(StorageUnavailableError);
    expect((await store.load()).revision).toBe(1);
  });
});
