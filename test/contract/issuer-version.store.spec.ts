/** What every IssuerVersionStore keeps to: one number that only grows, by one winner at a time. */
import { beforeEach, expect, it } from '@jest/globals';
import type { IssuerVersionStore } from '../../src/tokens/revocation/issuer-version.store.js';
import { when } from '../support/conditions.js';
import { describeStores } from '../support/stores.js';
import { repeat, together } from '../support/together.js';

describeStores('IssuerVersionStore', (open) => {
  let issuer: IssuerVersionStore;
  let elsewhere: IssuerVersionStore;

  beforeEach(async () => {
    const stores = await open();
    issuer = stores.issuerVersion;
    elsewhere = (await stores.otherNode()).issuerVersion;
  });

  it('is 1 before the first revoke, and goes up by one with each', async () => {
    for (let version = 1; version <= 5; version += 1) {
      expect(await issuer.read()).toBe(version);
      expect(await elsewhere.read()).toBe(version);
      expect(await (version % 2 === 0 ? issuer : elsewhere).commit(when(version))).toBe(true);
    }
    expect(await issuer.read()).toBe(6);
  });

  it.each([0, 2, -1, 1.5, Number.NaN])('does not move from 1 at version %d', async (version) => {
    expect(await issuer.commit(when(version)).catch(() => false)).toBe(false);
    expect(await elsewhere.read()).toBe(1);
  });

  it('does not move at an older or a newer version', async () => {
    await issuer.commit(when(1));
    await issuer.commit(when(2));
    for (const version of [1, 2, 4]) expect(await issuer.commit(when(version))).toBe(false);
    expect(await elsewhere.read()).toBe(3);
  });

  it.each([1, 2])('lets exactly one of ten win from version %d', async (version) => {
    if (version === 2) await issuer.commit(when(1));
    const { values, errors } = await together(
      repeat(10, (n) => () => (n % 2 === 0 ? issuer : elsewhere).commit(when(version))),
    );
    expect(errors).toEqual([]);
    expect(values.filter(Boolean)).toHaveLength(1);
    expect(await issuer.read()).toBe(version + 1);
  });
});
