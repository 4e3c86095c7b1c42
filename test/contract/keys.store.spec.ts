/** What every KeysStore keeps to: one set of keys, replaced as a whole by one node at a time. */
import { beforeEach, expect, it } from '@jest/globals';
import type { KeysStore } from '../../src/tokens/keys/keys.store.js';
import { at, newKey } from '../support/rows.js';
import { describeStores } from '../support/stores.js';
import { repeat, together } from '../support/together.js';

describeStores('KeysStore', (open) => {
  let keys: KeysStore;
  let elsewhere: KeysStore;

  beforeEach(async () => {
    const stores = await open();
    keys = stores.keys;
    elsewhere = (await stores.otherNode()).keys;
  });

  it('is empty, at revision 0, before the first save', async () => {
    expect(await keys.load()).toEqual({ revision: 0, keys: [] });
  });

  it('gives back the whole set', async () => {
    const set = [
      newKey('k1', {
        state: 'retired',
        privateKey: null,
        activatedAt: at(1.001),
        retiredAt: at(2),
        publishedUntil: at(3),
        revokedAt: at(4),
      }),
      newKey('k2'),
      newKey('k3', { state: 'next', activatedAt: null }),
    ];
    expect(await keys.save(0, set)).toBe(true);
    expect(await elsewhere.load()).toEqual({ revision: 1, keys: set });
    expect(await elsewhere.save(1, set.slice(1))).toBe(true);
    expect(await keys.load()).toEqual({ revision: 2, keys: set.slice(1) });
    expect(await keys.save(2, [])).toBe(true);
    expect(await elsewhere.load()).toEqual({ revision: 3, keys: [] });
  });

  it('is not replaced at another revision than its own', async () => {
    const set = [newKey('k1')];
    for (const revision of [1, 2, -1]) {
      expect(await keys.save(revision, set)).toBe(false);
    }
    await keys.save(0, set);
    await keys.save(1, set);
    for (const revision of [0, 1, 3]) {
      expect(await elsewhere.save(revision, [newKey('other')])).toBe(false);
    }
    expect(await elsewhere.load()).toEqual({ revision: 2, keys: set });
  });

  it.each([0, 1, 2])('is replaced by exactly one of eight at revision %d', async (revision) => {
    for (let n = 0; n < revision; n += 1) await keys.save(n, [newKey(`old${n}`)]);
    const { values, errors } = await together(
      repeat(8, (n) => () => (n % 2 === 0 ? keys : elsewhere).save(revision, [newKey(`k${n}`)])),
    );
    expect(errors).toEqual([]);
    expect(values.filter(Boolean)).toHaveLength(1);
    const won = newKey(`k${values.indexOf(true)}`);
    expect(await keys.load()).toEqual({ revision: revision + 1, keys: [won] });
    expect(await elsewhere.load()).toEqual({ revision: revision + 1, keys: [won] });
  });

  it('loses no key of nodes that each add one', async () => {
    await Promise.all(
      repeat(6, async (n) => {
        const store = n % 2 === 0 ? keys : elsewhere;
        for (;;) {
          const { revision, keys: before } = await store.load();
          if (await store.save(revision, [...before, newKey(`k${n}`)])) return;
        }
      }),
    );
    const set = await keys.load();
    expect(set.revision).toBe(6);
    expect(set.keys.map((key) => key.kid).sort()).toEqual(repeat(6, (n) => `k${n}`));
  });
});
