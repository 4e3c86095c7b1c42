/** What every UsersStore keeps to: rows, unique addresses, and versions that only a commit raises. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { DuplicateError } from '../../src/storage/storage.errors.js';
import { emailKey } from '../../src/users/user.js';
import type { RevokingChange, UsersStore } from '../../src/users/users.store.js';
import { when } from '../support/conditions.js';
import { at, newUser, toUser } from '../support/rows.js';
import { describeStores } from '../support/stores.js';
import { repeat, together } from '../support/together.js';

describeStores('UsersStore', (open) => {
  let users: UsersStore;
  let elsewhere: UsersStore;

  beforeEach(async () => {
    const stores = await open();
    users = stores.users;
    elsewhere = (await stores.otherNode()).users;
  });

  describe('rows', () => {
    it('gives back what was put in, and no password hash', async () => {
      const plain = newUser('ada');
      const full = newUser('bob', {
        email: 'Bob.O’Neill+x@Example.ORG',
        displayName: 'Bób "n\'; -- 名前 😀 \t\n$where {"$ne":1} \\',
        status: 'suspended',
        roles: ['admin', 'Ä b', '$x'],
        tokenVersion: 2_147_483_650,
        createdAt: new Date(1),
        updatedAt: new Date('2999-12-31T23:59:59.999Z'),
        suspension: { reason: 'spam\n☂', by: 'cli', at: at(5) },
      });
      const empty = newUser('cy', { displayName: '' });
      for (const user of [plain, full, empty]) {
        await users.insert(user);
        expect(await elsewhere.findById(user.id)).toEqual(toUser(user));
      }
      const { rows } = await users.list({ limit: 10, sort: 'email' });
      expect(rows).toEqual([plain, full, empty].map(toUser));
    });

    it('finds nobody who is not there', async () => {
      await users.insert(newUser('ada'));
      expect(await users.findById('bob')).toBeNull();
      expect(await users.findById('')).toBeNull();
      expect(await users.findById('ADA')).toBeNull();
      expect(await users.findCredentials('bob@example.org')).toBeNull();
      expect(await users.findCredentialsById('bob')).toBeNull();
      expect(await users.readVersion('bob')).toBeNull();
    });

    it('gives the hash only with credentials', async () => {
      const ada = newUser('ada', { email: 'Ada@Example.org' });
      await users.insert(ada);
      const credentials = { user: toUser(ada), passwordHash: ada.passwordHash };
      expect(await users.findCredentials(emailKey(' ADA@example.ORG'))).toEqual(credentials);
      expect(await users.findCredentials('Ada@Example.org')).toBeNull();
      expect(await users.findCredentialsById('ada')).toEqual(credentials);
      const read = [
        await users.findById('ada'),
        await users.list({ limit: 1 }),
        await users.updateDisplayName('ada', 'A.', at(1)),
        await users.commit('ada', when(1), { passwordHash: 'another hash' }, at(2)),
      ];
      expect(JSON.stringify(read)).not.toMatch(/hash/i);
    });

    it.each([{ $ne: null }, { $gt: '' }, ['ada'], { $regex: '.*' }, null, undefined])(
      'takes %j for nobody’s id or address',
      async (forged) => {
        await users.insert(newUser('ada', { roles: ['admin'] }));
        const text = forged as unknown as string;
        const found = await together<unknown>([
          () => users.findById(text),
          () => users.findCredentials(text),
          () => users.findCredentialsById(text),
          () => users.readVersion(text),
          () => users.commit(text, when(1), { roles: [] }, at(1)),
          () => users.updateDisplayName(text, 'x', at(1)),
        ]);
        expect(found.values.filter((value) => value !== null)).toEqual([]);
        expect(await users.remove(text, when(1)).catch(() => false)).toBe(false);
        expect(await users.findById('ada')).toEqual(toUser(newUser('ada', { roles: ['admin'] })));
      },
    );
  });

  describe('addresses', () => {
    it.each([
      ['case', 'ADA@EXAMPLE.ORG'],
      ['spaces', ' ada@example.org\t'],
    ])('are one account without %s', async (_, email) => {
      await users.insert(newUser('ada'));
      const second = users.insert(newUser('eve', { email }));
      await expect(second).rejects.toThrow(new DuplicateError('email'));
      await expect(second).rejects.toHaveProperty('field', 'email');
      expect(await users.findById('eve')).toBeNull();
    });

    it('are one account however their letters are composed', async () => {
      await users.insert(newUser('one', { email: 'jos\u00e9@example.org' }));
      const second = users.insert(newUser('two', { email: 'JOSE\u0301@example.org' }));
      await expect(second).rejects.toThrow(new DuplicateError('email'));
    });

    it('go to exactly one of those who ask at the same moment', async () => {
      const attempts = repeat(20, (n) => () => {
        const store = n % 2 === 0 ? users : elsewhere;
        return store.insert(newUser(`ada${n}`, { email: n % 3 === 0 ? 'ADA@x.org' : 'ada@x.org' }));
      });
      const { values, errors } = await together(attempts);
      expect(values).toHaveLength(1);
      expect(errors).toEqual(repeat(19, () => new DuplicateError('email')));
      expect((await users.list({ limit: 50 })).total).toBe(1);
    });

    it('are free again once their user is removed', async () => {
      await users.insert(newUser('ada'));
      await users.remove('ada', when(1));
      await users.insert(newUser('eve', { email: 'ada@example.org' }));
      expect((await users.findCredentials('ada@example.org'))?.user.id).toBe('eve');
    });

    it('do not give a used id to another user', async () => {
      await users.insert(newUser('ada'));
      const second = users.insert(newUser('ada', { email: 'eve@example.org' }));
      await expect(second).rejects.toThrow(new DuplicateError('id'));
      expect(await users.findById('ada')).toEqual(toUser(newUser('ada')));
    });
  });

  describe('commit', () => {
    beforeEach(() => users.insert(newUser('ada', { roles: ['admin'], tokenVersion: 7 })));

    const suspension = { reason: 'spam', by: 'bob', at: at(8) };
    it.each<[string, RevokingChange]>([
      ['nothing', {}],
      ['status and suspension', { status: 'suspended', suspension }],
      ['roles', { roles: ['editor', 'author'] }],
      ['no roles', { roles: [] }],
      ['the name', { displayName: 'Countess' }],
      ['all of it', { status: 'suspended', suspension, roles: [], displayName: '$name' }],
    ])('sets %s and raises the version by one, in one write', async (_, change) => {
      const before = newUser('ada', { roles: ['admin'], tokenVersion: 7 });
      const expected = { ...toUser(before), ...change, tokenVersion: 8, updatedAt: at(9) };
      expect(await users.commit('ada', when(7), change, at(9))).toEqual(expected);
      expect(await elsewhere.findById('ada')).toEqual(expected);
      const { status } = expected;
      expect(await elsewhere.readVersion('ada')).toEqual({ version: 8, status });
      expect((await users.findCredentialsById('ada'))?.passwordHash).toBe(before.passwordHash);
    });

    it('sets a password hash', async () => {
      await users.commit('ada', when(7), { passwordHash: 'new' }, at(9));
      expect((await elsewhere.findCredentialsById('ada'))?.passwordHash).toBe('new');
    });

    it('lifts a suspension', async () => {
      await users.commit('ada', when(7), { status: 'suspended', suspension }, at(9));
      const user = await users.commit(
        'ada',
        when(8),
        { status: 'active', suspension: null },
        at(10),
      );
      expect(user).toMatchObject({ status: 'active', suspension: null, tokenVersion: 9 });
    });

    it.each([6, 8, 0, -1, 7.5, Number.NaN])('changes nothing at version %d', async (version) => {
      const before = await users.findById('ada');
      expect(
        await users.commit('ada', when(version), { roles: [] }, at(9)).catch(() => null),
      ).toBeNull();
      expect(await users.remove('ada', when(version)).catch(() => false)).toBe(false);
      expect(await users.findById('ada')).toEqual(before);
    });

    it('does not bring back a user who is gone', async () => {
      expect(await users.remove('ada', when(7))).toBe(true);
      expect(await users.commit('ada', when(7), { roles: [] }, at(9))).toBeNull();
      expect(await users.remove('ada', when(7))).toBe(false);
      expect(await users.findById('ada')).toBeNull();
      expect(await elsewhere.readVersion('ada')).toBeNull();
    });

    it('lets exactly one of twenty win', async () => {
      const { values, errors } = await together(
        repeat(20, (n) => () => {
          const store = n % 2 === 0 ? users : elsewhere;
          return store.commit('ada', when(7), { displayName: `by ${n}` }, at(9));
        }),
      );
      expect(errors).toEqual([]);
      const won = values.filter((value) => value !== null);
      expect(won).toHaveLength(1);
      expect(await users.findById('ada')).toEqual(won[0]);
      expect(await users.readVersion('ada')).toEqual({ version: 8, status: 'active' });
    });

    it('lets either a commit or a removal win', async () => {
      const [committed, removed] = await Promise.all([
        users.commit('ada', when(7), { roles: [] }, at(9)),
        elsewhere.remove('ada', when(7)),
      ]);
      expect(removed).toBe(committed === null);
      expect(await users.findById('ada')).toEqual(committed);
    });

    it('loses no raise, and lowers nothing, while many are at it', async () => {
      const seen: number[] = [];
      const raise = async (store: UsersStore): Promise<void> => {
        for (;;) {
          const before = await store.readVersion('ada');
          const after = await store.commit('ada', when(before!.version), {}, at(9));
          if (after === null) continue;
          seen.push(after.tokenVersion);
          return;
        }
      };
      const done = Promise.all(repeat(16, (n) => raise(n % 2 === 0 ? users : elsewhere)));
      let last = 0;
      for (let done_ = false; !done_;) {
        done_ = await Promise.race([
          done.then(() => true),
          users.readVersion('ada').then(() => false),
        ]);
        const { version } = (await elsewhere.readVersion('ada'))!;
        expect(version).toBeGreaterThanOrEqual(last);
        last = version;
      }
      expect(seen.sort((a, b) => a - b)).toEqual(repeat(16, (n) => 8 + n));
      expect(last).toBe(7 + 16);
    });
  });

  describe('changes that revoke nothing', () => {
    beforeEach(() => users.insert(newUser('ada')));

    it('rename without touching the version', async () => {
      const expected = { ...toUser(newUser('ada')), displayName: 'Ada L.', updatedAt: at(3) };
      expect(await users.updateDisplayName('ada', 'Ada L.', at(3))).toEqual(expected);
      expect(await elsewhere.findById('ada')).toEqual(expected);
      expect(await users.updateDisplayName('bob', 'Bob', at(3))).toBeNull();
    });

    it('rename beside a commit, and neither is lost', async () => {
      for (let version = 1; version <= 5; version += 1) {
        const name = `name ${version}`;
        const roles = [`role ${version}`];
        await Promise.all([
          users.updateDisplayName('ada', name, at(version)),
          elsewhere.commit('ada', when(version), { roles }, at(version)),
        ]);
        const expected = { displayName: name, roles, tokenVersion: version + 1 };
        expect(await users.findById('ada')).toMatchObject(expected);
      }
    });

    it('hash the same password anew, only while the hash is the one it was made from', async () => {
      await users.rehash('ada', 'hash of ada', 'stronger');
      await users.rehash('ada', 'hash of ada', 'too late');
      await users.rehash('bob', 'hash of ada', 'nobody');
      expect(await elsewhere.findCredentialsById('ada')).toEqual({
        user: toUser(newUser('ada')),
        passwordHash: 'stronger',
      });
    });
  });
});
