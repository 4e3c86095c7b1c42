/** The commit of a revoke that comes too late by the database's own clock changes nothing. */
import { beforeEach, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { tooLate, when } from '../support/conditions.js';
import { at, newApplication, newKey, newSession, newUser, toUser } from '../support/rows.js';
import { describeStores, type Stores } from '../support/stores.js';

describeStores('A commit', (open) => {
  let stores: Stores;
  beforeEach(async () => {
    stores = await open();
  });

  it('of a user that is late changes nothing', async () => {
    const { users } = stores;
    const ada = newUser('ada', { roles: ['admin'] });
    await users.insert(ada);
    expect(await users.commit('ada', tooLate(1), { roles: [] }, at(1))).toBeNull();
    expect(await users.remove('ada', tooLate(1))).toBe(false);
    expect(await users.findById('ada')).toEqual(toUser(ada));
    expect(await users.commit('ada', when(1), { roles: [] }, at(1))).not.toBeNull();
    expect(await users.remove('ada', when(2))).toBe(true);
  });

  it('of an application that is late changes nothing', async () => {
    const { applications } = stores;
    const web = newApplication('web');
    await applications.insert(web, 'hash');
    expect(await applications.commit('web', tooLate(1), { enabled: false }, at(1))).toBeNull();
    expect(await applications.remove('web', tooLate(1))).toBe(false);
    expect(await applications.findById('web')).toEqual(web);
    expect(await applications.commit('web', when(1), { enabled: false }, at(1))).not.toBeNull();
    expect(await applications.remove('web', when(2))).toBe(true);
  });

  it('of a session that is late, or not from version 1, changes nothing', async () => {
    const { sessions } = stores;
    await sessions.insert(newSession('s1'));
    const end = { at: at(1), reason: 'logout', by: 'ada' };
    for (const condition of [tooLate(1), when(0), when(2)]) {
      expect(await sessions.end('s1', condition, end)).toBe(false);
    }
    expect(await sessions.findById('s1')).toEqual(newSession('s1'));
    expect(await sessions.end('s1', when(1), end)).toBe(true);
  });

  it('of everybody that is late changes nothing, at the first version and at others', async () => {
    const { issuerVersion } = stores;
    for (const version of [1, 2]) {
      expect(await issuerVersion.commit(tooLate(version))).toBe(false);
      expect(await issuerVersion.read()).toBe(version);
      expect(await issuerVersion.commit(when(version))).toBe(true);
    }
    expect(await issuerVersion.read()).toBe(3);
  });

  it('of the keys that is late, or comes before there are any, changes nothing', async () => {
    const { keys } = stores;
    const [k1, k2] = [[newKey('k1')], [newKey('k2')]];
    const { notAfter } = when(1);
    expect(await keys.save(0, k1, notAfter)).toBe(false);
    expect(await keys.load()).toEqual({ revision: 0, keys: [] });
    await keys.save(0, k1);
    expect(await keys.save(1, k2, tooLate(1).notAfter)).toBe(false);
    expect(await keys.load()).toEqual({ revision: 1, keys: k1 });
    expect(await keys.save(1, k2, notAfter)).toBe(true);
    expect(await keys.load()).toEqual({ revision: 2, keys: k2 });
  });

  it('is late by the clock at the moment of each, not by that of the first', async () => {
    const { users, keys } = stores;
    await users.insert(newUser('ada'));
    await keys.save(0, []);
    // The clock of another machine may differ from this one's, so only what is the same for all.
    let version = 1;
    const notAfter = new Date(Date.now() + 1500);
    while ((await users.commit('ada', { version, notAfter }, {}, at(version))) !== null) {
      version += 1;
      await sleep(50);
      expect(version).toBeLessThan(100);
    }
    expect(version).toBeGreaterThan(1);
    expect((await users.findById('ada'))?.tokenVersion).toBe(version);
    for (let revision = 1; await keys.save(revision, [], notAfter); revision += 1) {
      await sleep(50);
      expect(revision).toBeLessThan(100);
    }
  });
});
