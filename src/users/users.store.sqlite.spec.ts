/** What is particular to users in SQLite; what all stores keep to is in test/contract. */
import { describe, expect, it } from '@jest/globals';
import { when } from '../../test/support/conditions.js';
import { at, newUser } from '../../test/support/rows.js';
import { databases, plansOf } from '../../test/support/sqlite.js';
import type { UserQuery, UserSort } from './users.store.js';
import { SqliteUsersStore } from './users.store.sqlite.js';

const open = databases();

describe('lists of users', () => {
  const sorts: [UserSort, string][] = [
    ['createdAt', 'users_by_created_at'],
    ['updatedAt', 'users_by_updated_at'],
    ['email', 'users_by_email'],
    ['displayName', 'users_by_display_name'],
  ];
  const bothWays = sorts.flatMap(([sort, index]): [UserSort, string][] => [
    [sort, index],
    [`-${sort}` as UserSort, index],
  ]);

  it.each(bothWays)('by %s are read in the order of %s, on every page', async (sort, index) => {
    const database = open();
    const users = new SqliteUsersStore(database);
    for (const name of ['ada', 'bob', 'eve']) await users.insert(newUser(name));
    const page = await users.list({ sort, limit: 1 });
    const cursor = page.nextCursor ?? '';
    const [, first] = await plansOf(database, () => users.list({ sort, limit: 1 }));
    const [, second] = await plansOf(database, () => users.list({ sort, limit: 1, cursor }));
    expect(first).toContain(`SCAN users USING INDEX ${index}`);
    expect(second).toContain(`SEARCH users USING INDEX ${index}`);
    expect([first, second].join()).not.toContain('TEMP B-TREE FOR ORDER BY');
  });

  it.each<[Partial<UserQuery>, string]>([
    [{ status: 'active' }, 'INDEX users_by_status (status=?)'],
    [{ role: 'admin' }, 'COVERING INDEX user_roles_by_role (role=?)'],
    [{ ids: ['ada'] }, 'INDEX sqlite_autoindex_users_1 (id=?)'],
  ])('of %j use an index', async (query, expected) => {
    const database = open();
    const users = new SqliteUsersStore(database);
    for (const plan of await plansOf(database, () => users.list({ ...query, limit: 10 }))) {
      expect(plan).toContain(expected);
    }
  });

  it('are counted by status in an index', async () => {
    const database = open();
    const users = new SqliteUsersStore(database);
    const [plan] = await plansOf(database, () => users.countByStatus());
    expect(plan).toBe('SCAN users USING COVERING INDEX users_by_status');
  });
});

describe('a user', () => {
  it('takes his roles with him', async () => {
    const database = open();
    const users = new SqliteUsersStore(database);
    await users.insert(newUser('ada', { roles: ['admin', 'auditor'] }));
    await users.remove('ada', when(1));
    expect(database.all('SELECT role FROM user_roles')).toEqual([]);
  });

  it('is not half stored when it fails', async () => {
    const database = open();
    const users = new SqliteUsersStore(database);
    await users.insert(newUser('ada', { roles: ['admin'] }));
    const change = { roles: ['auditor', { $ne: '' } as unknown as string] };
    await expect(users.commit('ada', when(1), change, at(1))).rejects.toThrow(TypeError);
    expect(await users.findById('ada')).toMatchObject({ tokenVersion: 1, roles: ['admin'] });
    await expect(users.insert(newUser('bob', change))).rejects.toThrow(TypeError);
    expect(await users.findById('bob')).toBeNull();
  });
});
