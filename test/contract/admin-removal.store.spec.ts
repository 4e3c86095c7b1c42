/** What every UsersStore keeps to: an active administrator remains, whoever asks at the same moment. */
import { beforeEach, expect, it } from '@jest/globals';
import type { UsersStore } from '../../src/users/users.store.js';
import { when } from '../support/conditions.js';
import { at, newUser } from '../support/rows.js';
import { describeStores } from '../support/stores.js';
import { repeat, together } from '../support/together.js';

describeStores('UsersStore.claimAdminRemoval', (open) => {
  let users: UsersStore;
  let elsewhere: UsersStore;
  const admin = (name: string): Promise<void> => users.insert(newUser(name, { roles: ['admin'] }));

  beforeEach(async () => {
    const stores = await open();
    users = stores.users;
    elsewhere = (await stores.otherNode()).users;
    await users.insert(newUser('user', { roles: ['editor', 'administrator'] }));
    await users.insert(newUser('away', { roles: ['admin'], status: 'suspended' }));
  });

  it('refuses the last active administrator', async () => {
    expect(await users.claimAdminRemoval('ada', at(0))).toBe(false);
    await admin('ada');
    expect(await users.claimAdminRemoval('ada', at(0))).toBe(false);
    await admin('bob');
    expect(await users.claimAdminRemoval('ada', at(0))).toBe(true);
  });

  it('counts what is claimed on any node as gone', async () => {
    for (const name of ['ada', 'bob', 'cy']) await admin(name);
    expect(await users.claimAdminRemoval('ada', at(0))).toBe(true);
    expect(await elsewhere.claimAdminRemoval('bob', at(1))).toBe(true);
    expect(await users.claimAdminRemoval('cy', at(2))).toBe(false);
    expect(await elsewhere.claimAdminRemoval('cy', at(2))).toBe(false);
  });

  it('forgets what was released, and what was refused', async () => {
    for (const name of ['ada', 'bob']) await admin(name);
    expect(await users.claimAdminRemoval('ada', at(0))).toBe(true);
    expect(await users.claimAdminRemoval('bob', at(0))).toBe(false);
    await users.releaseAdminRemoval('ada');
    await users.releaseAdminRemoval('ada');
    await users.releaseAdminRemoval('nobody');
    expect(await users.claimAdminRemoval('bob', at(0))).toBe(true);
  });

  it('forgets a claim after a minute, and not before', async () => {
    for (const name of ['ada', 'bob']) await admin(name);
    expect(await users.claimAdminRemoval('ada', at(0))).toBe(true);
    expect(await elsewhere.claimAdminRemoval('bob', at(59.999))).toBe(false);
    expect(await elsewhere.claimAdminRemoval('bob', at(60.001))).toBe(true);
    expect(await users.claimAdminRemoval('ada', at(60.002))).toBe(false);
  });

  it('sees what was committed before the claim was released', async () => {
    for (const name of ['ada', 'bob']) await admin(name);
    expect(await users.claimAdminRemoval('ada', at(0))).toBe(true);
    await users.commit('ada', when(1), { status: 'suspended' }, at(0));
    await users.releaseAdminRemoval('ada');
    expect(await elsewhere.claimAdminRemoval('bob', at(0))).toBe(false);
    await elsewhere.commit('ada', when(2), { status: 'active' }, at(1));
    expect(await elsewhere.claimAdminRemoval('bob', at(1))).toBe(true);
  });

  it('may be claimed again for the same administrator', async () => {
    for (const name of ['ada', 'bob']) await admin(name);
    expect(await users.claimAdminRemoval('ada', at(0))).toBe(true);
    expect(await elsewhere.claimAdminRemoval('ada', at(1))).toBe(true);
    await users.releaseAdminRemoval('ada');
    expect(await users.claimAdminRemoval('bob', at(2))).toBe(false);
    await elsewhere.releaseAdminRemoval('ada');
    expect(await users.claimAdminRemoval('bob', at(2))).toBe(true);
  });

  it('lets exactly one of two succeed who suspend each other', async () => {
    for (let round = 0; round < 15; round += 1) {
      const pair = [`ada${round}`, `bob${round}`] as const;
      for (const name of pair) await admin(name);
      const suspend = async (store: UsersStore, name: string): Promise<boolean> => {
        if (!(await store.claimAdminRemoval(name, at(round)))) return false;
        await store.commit(name, when(1), { status: 'suspended' }, at(round));
        await store.releaseAdminRemoval(name);
        return true;
      };
      const { values, errors } = await together([
        () => suspend(users, pair[0]),
        () => suspend(elsewhere, pair[1]),
      ]);
      expect(errors).toEqual([]);
      expect([...values].sort()).toEqual([false, true]);
      const left = await users.list({ limit: 10, status: 'active', role: 'admin' });
      expect(left.total).toBe(1);
      await users.remove(left.rows[0]!.id, when(left.rows[0]!.tokenVersion));
    }
  });

  it('leaves one of eight who all go at once', async () => {
    const names = repeat(8, (n) => `admin${n}`);
    for (const name of names) await admin(name);
    const { values, errors } = await together(
      names.map((name, n) => async () => {
        const store = n % 2 === 0 ? users : elsewhere;
        if (!(await store.claimAdminRemoval(name, at(0)))) return false;
        await store.commit(name, when(1), { roles: [] }, at(0));
        await store.releaseAdminRemoval(name);
        return true;
      }),
    );
    expect(errors).toEqual([]);
    expect(values.filter(Boolean)).toHaveLength(7);
    expect((await users.list({ limit: 10, status: 'active', role: 'admin' })).total).toBe(1);
  });
});
