/** The commit of a key's revoke: on its condition, once, and in force here when it answers. */
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SystemClock } from '@portcullis/auth';
import { tooLate, when } from '../../../test/support/conditions.js';
import { folders } from '../../../test/support/sqlite.js';
import { RandomIds } from '../../storage/ids.js';
import { KeysService } from './keys.service.js';
import { FileKeysStore } from './keys.store.file.js';

const newFolder = folders();

describe('KeysService.revoke', () => {
  let store: FileKeysStore;
  let keys: KeysService;
  let elsewhere: KeysService;
  let kid: string;

  beforeEach(async () => {
    const folder = newFolder();
    const node = async (): Promise<KeysService> => {
      store = new FileKeysStore(folder);
      const service = new KeysService(store, new RandomIds(), new SystemClock());
      await service.onModuleInit();
      return service;
    };
    keys = await node();
    elsewhere = await node();
    kid = keys.current.kid;
  });

  it('puts the next key in its place, at once', async () => {
    expect(await keys.revoke(kid, when(1))).toBe(true);
    expect(keys.current.kid).not.toBe(kid);
    expect(await keys.readVersion(kid)).toBe(2);
    expect(await elsewhere.readVersion(kid)).toBe(2);
  });

  it.each([
    ['too late', () => keys.revoke(kid, tooLate(1))],
    ['from another version', () => keys.revoke(kid, when(2))],
    ['of a key that is not there', () => keys.revoke('nobody’s', when(1))],
  ])('changes nothing when it is %s', async (_, revoke) => {
    const before = await store.load();
    expect(await revoke()).toBe(false);
    expect(await store.load()).toEqual(before);
    expect(keys.current.kid).toBe(kid);
  });

  it('is done by one of several, and never twice', async () => {
    const done = await Promise.all(
      [keys, elsewhere, keys, elsewhere].map((node) => node.revoke(kid, when(1))),
    );
    expect(done.filter(Boolean)).toHaveLength(1);
    expect(await elsewhere.revoke(kid, when(1))).toBe(false);
  });

  it('gives way to a change of another node, for its caller to begin again', async () => {
    const set = await store.load();
    await elsewhere.rotate(60);
    // What was read before the other one saved.
    const stale = jest.spyOn(FileKeysStore.prototype, 'load').mockResolvedValueOnce(set);
    expect(await keys.revoke(kid, when(1))).toBe(false);
    stale.mockRestore();
    expect(await keys.readVersion(kid)).toBe(1);
    expect(await keys.revoke(kid, when(1))).toBe(true);
    expect(await elsewhere.readVersion(kid)).toBe(2);
  });
});
