/** What every UsersStore keeps to: sorting, filters, searching, and pages among writers. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { InvalidCursorError } from '../../src/storage/page.js';
import type { User } from '../../src/users/user.js';
import type { UserQuery, UserSort, UsersStore } from '../../src/users/users.store.js';
import { when } from '../support/conditions.js';
import { forgedCursors, readPages } from '../support/pages.js';
import { at, newUser } from '../support/rows.js';
import { describeStores } from '../support/stores.js';
import { repeat } from '../support/together.js';

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map((row) => row.id);

describeStores('UsersStore.list', (open) => {
  let users: UsersStore;
  const found = async (query: Partial<UserQuery>): Promise<string[]> => {
    const { rows, total, nextCursor } = await users.list({ limit: 200, ...query });
    expect(total).toBe(rows.length);
    expect(nextCursor).toBeNull();
    return idsOf(rows).sort();
  };

  beforeEach(async () => {
    users = (await open()).users;
  });

  it('is empty at first', async () => {
    expect(await users.list({ limit: 10 })).toEqual({ rows: [], total: 0, nextCursor: null });
  });

  describe('sorting', () => {
    const names = [
      'Zoe',
      'adam',
      'Ärne',
      'Bob',
      'ben',
      'Émile',
      'zac',
      '',
      'ada',
      'Bob',
      '名前',
      '😀',
    ];
    beforeEach(async () => {
      for (const [n, displayName] of names.entries()) {
        // Every other one shares its moments with the one before.
        const pair = Math.floor(n / 2);
        const created = (pair * 5) % 6;
        const email = `${'mkzBcAdYxOpq'.charAt(n)}${n}@example.org`;
        const given = {
          displayName,
          email,
          createdAt: at(created),
          updatedAt: at(created + 3.001),
        };
        await users.insert(newUser(`user${(n * 7) % 12}`, given));
      }
    });

    const fold = (text: string): Buffer => Buffer.from(text.normalize('NFC').toLowerCase());
    const byName = (a: User, b: User): number =>
      Buffer.compare(fold(a.displayName), fold(b.displayName));
    const byEmail = (a: User, b: User): number => Buffer.compare(fold(a.email), fold(b.email));
    const byCreation = (a: User, b: User): number => a.createdAt.getTime() - b.createdAt.getTime();
    const byUpdate = (a: User, b: User): number => a.updatedAt.getTime() - b.updatedAt.getTime();
    const sorts: [UserSort | undefined, (a: User, b: User) => number][] = [
      [undefined, (a, b) => byCreation(b, a)],
      ['createdAt', byCreation],
      ['-createdAt', (a, b) => byCreation(b, a)],
      ['updatedAt', byUpdate],
      ['-updatedAt', (a, b) => byUpdate(b, a)],
      ['displayName', byName],
      ['-displayName', (a, b) => byName(b, a)],
      ['email', byEmail],
      ['-email', (a, b) => byEmail(b, a)],
    ];

    it.each(sorts)(
      'by %s is in order, without case, the same in pages of any size',
      async (sort, compare) => {
        const query = sort === undefined ? {} : { sort };
        const { rows, total } = await users.list({ limit: 200, ...query });
        expect(total).toBe(names.length);
        for (const [n, row] of rows.slice(1).entries()) {
          expect(compare(rows[n]!, row)).toBeLessThanOrEqual(0);
        }
        expect(new Set(idsOf(rows)).size).toBe(names.length);
        for (const limit of [1, 2, 5, 11, 12, 13]) {
          const paged = await readPages((request) => users.list({ ...query, ...request }), limit);
          expect(idsOf(paged)).toEqual(idsOf(rows));
        }
      },
    );

    it.each(sorts)('by %s loses and repeats nobody while others come and go', async (sort) => {
      const query = sort === undefined ? {} : { sort };
      const stay = new Set(idsOf((await users.list({ limit: 200, ...query })).rows));
      const gone = ['user3', 'user8'];
      let n = 0;
      const paged = await readPages(
        (request) => users.list({ ...query, ...request }),
        2,
        async (page) => {
          for (const first of ['a', 'n', 'z']) {
            n += 1;
            const email = `${first}-new-${n}@example.org`;
            const given = { email, displayName: first, createdAt: at(n % 7), updatedAt: at(n % 9) };
            if (n < 20) await users.insert(newUser(`new${n}`, given));
          }
          if (page === 1) for (const id of gone) await users.remove(id, when(1));
        },
      );
      const ids = idsOf(paged);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of gone) stay.delete(id);
      expect(ids).toEqual(expect.arrayContaining([...stay]));
    });
  });

  describe('filters', () => {
    beforeEach(async () => {
      const roles = [[], ['admin'], ['admin', 'editor'], ['editor'], ['admins']];
      for (let n = 0; n < 20; n += 1) {
        const status = n % 2 === 0 ? 'active' : 'suspended';
        const displayName = n % 4 < 2 ? `Left ${n}` : `Right ${n}`;
        const given = { status, displayName, roles: roles[n % 5]!, createdAt: at(n) } as const;
        await users.insert(newUser(`user${n}`, given));
      }
    });
    const where = (test: (n: number) => boolean): string[] =>
      repeat(20, (n) => n)
        .filter(test)
        .map((n) => `user${n}`)
        .sort();

    it('by status, role and search, each alone and all together', async () => {
      expect(await found({})).toEqual(where(() => true));
      expect(await found({ status: 'active' })).toEqual(where((n) => n % 2 === 0));
      expect(await found({ status: 'suspended' })).toEqual(where((n) => n % 2 === 1));
      expect(await found({ role: 'admin' })).toEqual(where((n) => n % 5 === 1 || n % 5 === 2));
      expect(await found({ role: 'editor' })).toEqual(where((n) => n % 5 === 2 || n % 5 === 3));
      for (const role of ['adm', 'ADMIN', '%', '', 'admin","editor']) {
        expect(await found({ role })).toEqual([]);
      }
      expect(await found({ search: 'left' })).toEqual(where((n) => n % 4 < 2));
      expect(await found({ status: 'suspended', role: 'admin', search: 'LEFT' })).toEqual(
        where((n) => n % 2 === 1 && (n % 5 === 1 || n % 5 === 2) && n % 4 < 2),
      );
    });

    it('by ids, which add up with the other filters', async () => {
      const ids = ['user2', 'user3', 'user19', 'nobody', 'USER5', 'user'];
      expect(await found({ ids })).toEqual(['user19', 'user2', 'user3']);
      expect(await found({ ids: [] })).toEqual([]);
      expect(await found({ ids, status: 'active' })).toEqual(['user2']);
      expect(await found({ ids, role: 'editor' })).toEqual(['user2', 'user3']);
      expect(await found({ ids, search: 'right' })).toEqual(['user19', 'user2', 'user3']);
      expect(await found({ ids, search: 'left' })).toEqual([]);
    });

    it('count the whole filter on every page', async () => {
      const query = { search: 'right', sort: 'createdAt', limit: 3 } as const;
      const first = await users.list(query);
      expect(first).toMatchObject({ total: 10 });
      expect(idsOf(first.rows)).toEqual(['user2', 'user3', 'user6']);
      const second = await users.list({ ...query, cursor: first.nextCursor! });
      expect(second).toMatchObject({ total: 10 });
      expect(idsOf(second.rows)).toEqual(['user7', 'user10', 'user11']);
      const all = await readPages((request) => users.list({ ...query, ...request }), 5);
      expect(all).toHaveLength(10);
    });

    it('are counted by status', async () => {
      expect(await users.countByStatus()).toEqual({ active: 10, suspended: 10 });
      await users.commit('user0', when(1), { status: 'suspended' }, at(1));
      await users.remove('user1', when(1));
      await users.remove('user3', when(1));
      expect(await users.countByStatus()).toEqual({ active: 9, suspended: 9 });
    });
  });

  describe('searching', () => {
    const people: [id: string, email: string, displayName: string][] = [
      ['percent', 'a%b@example.org', '100% sure'],
      ['underscore', 'a_b@example.org', 'snake_case'],
      ['regex', 'a.b+c@example.org', 'a.*b (x|y)[z]{2} ^start$ end? \\d'],
      ['quote', "o'neill@example.org", 'O\'Neill "the" `tick` ; --'],
      ['plain', 'axb@example.org', 'Plain Person'],
      ['accent', 'zoë@example.org', 'Zoë Ångström Straße'],
      ['decomposed', 'noe\u0308l@example.org', 'No\u0308e\u0308l'],
      ['greek', 'ΣΊΣΥΦΟΣ@example.org', 'ΟΔΟΣ Σίσυφος'],
      ['cyrillic', 'иван@example.org', 'Иван Ильич'],
      ['emoji', 'smile@example.org', 'Smile 😀 名前'],
      ['null', 'nul@example.org', 'Dollar $ne {"$gt":""}'],
    ];
    beforeEach(async () => {
      for (const [id, email, displayName] of people)
        await users.insert(newUser(id, { email, displayName }));
    });

    const cases: [search: string, ids: string[]][] = [
      ['%', ['percent']],
      ['_', ['underscore']],
      ['a_b', ['underscore']],
      ['a%b', ['percent']],
      ['a.b', ['regex']],
      ['.*', ['regex']],
      ['(x|y)', ['regex']],
      ['[z]{2}', ['regex']],
      ['^start$', ['regex']],
      ['end?', ['regex']],
      ['\\', ['regex']],
      ['\\d', ['regex']],
      ['(', ['regex']],
      ['+c@', ['regex']],
      ['$', ['regex', 'null']],
      ['{"$gt":""}', ['null']],
      ["O'NEILL", ['quote']],
      ['"the"', ['quote']],
      ['` ;', ['quote']],
      ['--', ['quote']],
      ['PLAIN per', ['plain']],
      ['per plain', ['plain']],
      ['lain', []],
      ['plain@ex per', []],
      ['AxB@', ['plain']],
      ['ZOË', ['accent']],
      ['zoe\u0308', ['accent']],
      ['ångSTRÖM', ['accent']],
      ['straße', ['accent']],
      ['zoe', []],
      ['nöël', ['decomposed']],
      ['NOËL@', ['decomposed']],
      ['οδος', ['greek']],
      ['ΣΊΣΥΦΟΣ', ['greek']],
      ['φος@', []],
      ['ΣΊΣ', ['greek']],
      ['ИВАН', ['cyrillic']],
      ['ильич', ['cyrillic']],
      ['😀 名', ['emoji']],
      ['@example.org', people.map(([id]) => id)],
      ['no such person', []],
      ['example.org snake', ['underscore']],
      ['\0', []],
      ['\n', []],
      ['a'.repeat(300), []],
    ];

    it('is literal and without case', async () => {
      const results: [string, string[]][] = [];
      for (const [search] of cases) results.push([search, await found({ search })]);
      expect(results).toEqual(cases.map(([search, ids]) => [search, [...ids].sort()]));
    });

    it('finds a name and an address as they were changed', async () => {
      await users.updateDisplayName('plain', 'Grace HOPPER', at(1));
      await users.commit('quote', when(1), { displayName: 'Grace Kelly' }, at(1));
      expect(await found({ search: 'grace' })).toEqual(['plain', 'quote']);
      expect(await found({ search: 'plain person' })).toEqual([]);
      expect(await found({ search: "o'neill" })).toEqual(['quote']);
      const { rows } = await users.list({ limit: 20, search: 'grace', sort: '-displayName' });
      expect(idsOf(rows)).toEqual(['quote', 'plain']);
    });
  });

  describe('cursors', () => {
    beforeEach(async () => {
      for (let n = 0; n < 3; n += 1) await users.insert(newUser(`user${n}`, { createdAt: at(n) }));
    });
    const sorts = ['createdAt', '-updatedAt', 'email', '-displayName'] as const;

    it.each(sorts)('that are forged are refused by a list sorted by %s', async (sort) => {
      const { nextCursor } = await users.list({ limit: 1, sort });
      for (const cursor of forgedCursors(nextCursor)) {
        const page = users.list({ limit: 1, sort, cursor });
        await expect(page).rejects.toThrow(InvalidCursorError);
      }
    });

    it('of one order are refused by every other', async () => {
      for (const [sort, other] of [
        ['email', 'createdAt'],
        ['createdAt', 'email'],
        ['createdAt', 'updatedAt'],
        ['-createdAt', 'createdAt'],
        ['updatedAt', '-updatedAt'],
        ['email', 'displayName'],
        ['-displayName', '-email'],
      ] as const) {
        const { nextCursor } = await users.list({ limit: 1, sort });
        const mixed = users.list({ limit: 1, sort: other, cursor: nextCursor! });
        await expect(mixed).rejects.toThrow(InvalidCursorError);
      }
    });
  });
});
