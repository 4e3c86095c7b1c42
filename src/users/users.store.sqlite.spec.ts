/** What is particular to users in SQLite; what all stores keep to is in test/contract. */
import { describe, expect, it } from '@jest/globals';
import { when } from '../../test/support/conditions.js';
import { at, newUser } from '../../test/support/rows.js';
import { databases, plansOf } from '../../test/support/sqlite.js';
import type { SqliteDatabase } from '../storage/sqlite/database.js';
import { insertInto } from '../storage/sqlite/sql.js';
import { replaceTerms } from './sqlite/search-terms.js';
import { toColumns } from './sqlite/user.row.js';
import type { UserQuery, UserSort } from './users.store.js';
import { SqliteUsersStore } from './users.store.sqlite.js';

const open = databases();

/** All at once, as each insert by itself is flushed to disk. */
function fill(database: SqliteDatabase, count: number): void {
  database.transaction(() => {
    for (let n = 0; n < count; n += 1) {
      const user = newUser(`user${n}`, { createdAt: at(n) });
      const { text, values } = insertInto('users', toColumns(user));
      database.run(text, ...values);
      database.run("INSERT INTO user_roles VALUES (?, 0, 'editor')", user.id);
      replaceTerms(database, user.id, user.email, user.displayName);
    }
  });
}

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
    expect(first).toContain(`SCAN users USING COVERING INDEX ${index}`);
    expect(second).toContain(`SEARCH users USING COVERING INDEX ${index}`);
    expect([first, second].join()).not.toContain('TEMP B-TREE FOR ORDER BY');
  });

  it.each<[Partial<UserQuery>, string]>([
    [{ status: 'active' }, 'INDEX users_by_status (status=?)'],
    [{ role: 'admin' }, 'COVERING INDEX user_roles_by_role (role=?)'],
    [{ ids: ['ada'] }, 'INDEX sqlite_autoindex_users_1 (id=?)'],
    [{ search: 'ada' }, 'SEARCH user_terms USING PRIMARY KEY (term>? AND term<?)'],
    [{ search: 'ada', status: 'active', sort: 'email' }, 'SEARCH user_terms USING PRIMARY KEY'],
    [{ search: 'ada', role: 'admin' }, 'SEARCH user_roles USING COVERING INDEX user_roles_by_role'],
  ])('of %j use an index', async (query, expected) => {
    const database = open();
    const users = new SqliteUsersStore(database);
    const plans = await plansOf(database, () => users.list({ ...query, limit: 10 }));
    expect(plans).toHaveLength(2);
    for (const plan of plans) {
      expect(plan).toContain(expected);
      expect(plan).not.toMatch(/SCAN users(;|$)/);
    }
  });

  it.each<[Partial<UserQuery>, string]>([
    [{ status: 'active', sort: '-updatedAt' }, 'users_by_updated_at'],
    [{ role: 'editor', sort: 'displayName' }, 'users_by_display_name'],
    [{ search: 'example', sort: 'email' }, 'users_by_email'],
    [{ search: 'example', status: 'active', role: 'editor' }, 'users_by_created_at'],
  ])('of %j that match many walk along the order, and sort nothing', async (query, index) => {
    const database = open();
    const users = new SqliteUsersStore(database);
    fill(database, 1_001);
    const [count, found, rows] = await plansOf(database, () => users.list({ ...query, limit: 50 }));
    expect(count).toContain('USING COVERING INDEX');
    expect(found).toMatch(new RegExp(`^SCAN users USING (COVERING )?INDEX ${index}`));
    expect(found).not.toContain('TEMP B-TREE');
    expect(rows).toContain('SEARCH users USING INDEX sqlite_autoindex_users_1 (id=?)');
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

describe('the terms of a search', () => {
  it('are made at start for users of a release that had none', async () => {
    const database = open();
    await new SqliteUsersStore(database).insert(newUser('ada', { displayName: 'Ada Lovelace' }));
    database.run('DELETE FROM user_terms');
    const users = new SqliteUsersStore(database);
    expect((await users.list({ search: 'love', limit: 1 })).total).toBe(1);
  });

  it('go with the user', async () => {
    const database = open();
    const users = new SqliteUsersStore(database);
    await users.insert(newUser('ada'));
    await users.remove('ada', when(1));
    expect(database.all('SELECT term FROM user_terms')).toEqual([]);
  });
});
