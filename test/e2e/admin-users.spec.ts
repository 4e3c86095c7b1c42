// Accounts as operators see them: found, made, changed.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  aRevocation,
  expectAlive,
  expectEnded,
  expectRefusal,
  expectStatus,
  startAdministration,
  type Administration,
} from '../support/administration.js';
import { claimsOf } from '../support/jwt.js';

let admin: Administration;
beforeAll(async () => {
  admin = await startAdministration();
});
afterAll(() => admin.close());

const password = 'a long enough passphrase';

describe('the list', () => {
  const emailsOf = async (query: string): Promise<string[]> => {
    const { body } = expectStatus(200, await admin.get(`/users?${query}`));
    expect(body.total).toBe(body.users.length);
    return body.users.map(({ email }: { email: string }) => email);
  };

  it('searches address, name, user id and session id, all at once with the other filters', async () => {
    const zoe = await admin.person({ displayName: 'Zoë Quill', roles: ['editor'] });
    const { sid } = claimsOf(zoe.token);
    expect(await emailsOf(`search=${zoe.email.slice(0, -4).toUpperCase()}`)).toContain(zoe.email);
    expect(await emailsOf(`search=${encodeURIComponent('zoË q')}`)).toEqual([zoe.email]);
    expect(await emailsOf(`search=${zoe.id}`)).toEqual([zoe.email]);
    expect(await emailsOf(`search=%20${String(sid)}%20`)).toEqual([zoe.email]);
    expect(await emailsOf(`search=${zoe.id}&role=editor&status=active`)).toEqual([zoe.email]);
    expect(await emailsOf(`search=${zoe.id}&status=suspended`)).toEqual([]);
    expect(await emailsOf(`search=${zoe.id}&role=admin`)).toEqual([]);
    expect(await emailsOf('search=.*')).toEqual([]);
  });

  it('shows everything but secrets', async () => {
    const ada = await admin.person({ displayName: 'Ada', roles: ['editor'] });
    const { body } = await admin.get(`/users/${ada.id}`);
    expect(body).toEqual({
      user: {
        id: ada.id,
        email: ada.email,
        displayName: 'Ada',
        status: 'active',
        roles: ['editor'],
        tokenVersion: 1,
        createdAt: '2026-01-01T00:00:00.000Z',
        updatedAt: '2026-01-01T00:00:00.000Z',
        suspension: null,
        liveSessions: 1,
        lastSeenAt: '2026-01-01T00:00:00.000Z',
      },
    });
  });

  it('does not go on in another order than the one in which it began', async () => {
    await admin.person();
    const { body } = await admin.get('/users?sort=createdAt&limit=1');
    for (const sort of ['-createdAt', 'updatedAt', 'email']) {
      const answer = await admin.get(`/users?sort=${sort}&limit=1&cursor=${body.nextCursor}`);
      expectRefusal(answer, 400, 'validation_failed');
      expect(answer.body.errors[0].field).toBe('cursor');
    }
    expectStatus(200, await admin.get(`/users?sort=createdAt&cursor=${body.nextCursor}`));
  });

  it('is sorted, and paged by an opaque cursor to its end', async () => {
    const created: string[] = [];
    for (let i = 0; i < 5; i++) created.push((await admin.person({ roles: ['paged'] })).email);
    const seen: string[] = [];
    let cursor = '';
    do {
      const query = `role=paged&sort=-email&limit=2&cursor=${cursor}`;
      const { body } = expectStatus(200, await admin.get(`/users?${query}`));
      expect(body.total).toBe(5);
      seen.push(...body.users.map(({ email }: { email: string }) => email));
      cursor = body.nextCursor ?? '';
    } while (cursor !== '');
    expect(seen).toEqual(created.toSorted().reverse());
  });

  it('takes an empty parameter, as a form sends it, for none', async () => {
    const { body } = await admin.get('/users?search=&status=&role=&sort=&limit=&cursor=');
    expect(body.users.length).toBeGreaterThan(1);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=1e2', 'limit'],
    ['limit=0x10', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=%20', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['status=deleted', 'status'],
    ['sort=passwordHash', 'sort'],
    ['cursor=nonsense', 'cursor'],
    ['search[$ne]=x', 'search[$ne]'],
    ['email=x', 'email'],
    ['access_token=x', 'access_token'],
    [`search=${'x'.repeat(201)}`, 'search'],
    ['search=%00', 'search'],
  ])('refuses %s', async (query, field) => {
    const answer = await admin.get(`/users?${query}`);
    expectRefusal(answer, 400, 'validation_failed');
    expect(answer.body.errors[0].field).toBe(field);
  });
});

describe('a new user', () => {
  it('is made with roles, and can log in', async () => {
    const body = { email: 'Bob@Example.org', password, displayName: 'Bob', roles: ['editor'] };
    const { body: created } = expectStatus(201, await admin.post('/users', body));
    expect(created.user).toMatchObject({ email: 'Bob@Example.org', roles: ['editor'] });
    const token = await admin.login({ email: 'bob@example.org' });
    expect(claimsOf(token)).toMatchObject({ roles: ['editor'] });
    const { entries } = (await admin.get(`/audit?target=${String(created.user.id)}`)).body;
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      action: 'user.create',
      actor: { id: admin.adminId },
      changes: {
        email: [null, 'Bob@Example.org'],
        displayName: [null, 'Bob'],
        roles: [null, ['editor']],
      },
    });
    expect(JSON.stringify(entries)).not.toMatch(/passphrase|argon2/);
  });

  it('needs an address that nobody has', async () => {
    const { email } = await admin.person();
    const body = { email: email.toUpperCase(), password };
    expectRefusal(await admin.post('/users', body), 409, 'email_taken');
  });

  it.each([
    [{ email: 'nobody' }, 'email'],
    [{ password: 'short' }, 'password'],
    [{ password: undefined }, 'password'],
    [{ roles: ['Admin'] }, 'roles'],
    [{ roles: ['1st'] }, 'roles'],
    [{ roles: ['a,b'] }, 'roles'],
    [{ roles: ['a', 'a'] }, 'roles'],
    [{ roles: [''] }, 'roles'],
    [{ roles: [`a${'b'.repeat(64)}`] }, 'roles'],
    [{ roles: 'admin' }, 'roles'],
    [{ roles: [{ $ne: null }] }, 'roles'],
    [{ roles: Array.from({ length: 33 }, (_, index) => `r${index}`) }, 'roles'],
    [{ status: 'suspended' }, 'status'],
    [{ id: 'mine' }, 'id'],
    [{ tokenVersion: 7 }, 'tokenVersion'],
  ])('is refused with %j', async (change, field) => {
    const answer = await admin.post('/users', { email: 'new@example.org', password, ...change });
    expectRefusal(answer, 400, 'validation_failed');
    expect(answer.body.errors.map((fault: { field: string }) => fault.field)).toContain(field);
  });
});

describe('a change', () => {
  it('of the display name ends nothing', async () => {
    const ada = await admin.person();
    const { body } = expectStatus(
      200,
      await admin.patch(`/users/${ada.id}`, { displayName: ' Ada ' }),
    );
    expect(body).toEqual({
      user: expect.objectContaining({ displayName: 'Ada', tokenVersion: 1 }),
    });
    await expectAlive(admin.server, ada.token);
    const { entries } = (await admin.get(`/audit?limit=1&target=${ada.id}`)).body;
    expect(entries[0]).toMatchObject({ changes: { displayName: ['', 'Ada'] }, revocation: null });
  });

  it('of roles revokes: the old ones are in every token', async () => {
    const ada = await admin.person({ roles: ['editor', 'author'] });
    const change = { displayName: 'Ada', roles: ['editor', 'chief'] };
    const { body } = expectStatus(200, await admin.patch(`/users/${ada.id}`, change));
    expect(body.revocation).toEqual(aRevocation('user', 'roles_changed'));
    expect(body.user).toMatchObject({ ...change, tokenVersion: 2 });
    await expectEnded(admin.server, ada.token, 'token_revoked');
    expect(claimsOf(await admin.login(ada))).toMatchObject({ roles: ['editor', 'chief'], ver: 2 });
    const { entries } = (await admin.get(`/audit?limit=1&target=${ada.id}`)).body;
    expect(entries[0]).toMatchObject({
      action: 'user.update',
      changes: {
        displayName: ['', 'Ada'],
        roles: [
          ['editor', 'author'],
          ['editor', 'chief'],
        ],
      },
      revocation: body.revocation,
    });
  });

  it('takes a reason, which is the revocation’s and the entry’s', async () => {
    const ada = await admin.person({ roles: ['editor'] });
    const change = { roles: [], reason: 'left the company' };
    const { body } = expectStatus(200, await admin.patch(`/users/${ada.id}`, change));
    expect(body.revocation).toEqual(aRevocation('user', change.reason));
    const { entries } = (await admin.get(`/audit?limit=1&target=${ada.id}`)).body;
    expect(entries[0]).toMatchObject({ action: 'user.update', reason: change.reason });
  });

  it.each([
    [{}],
    [{ roles: ['author', 'editor'] }],
    [{ displayName: '' }],
    [{ displayName: '', roles: ['editor', 'author'] }],
  ])('to what is already so ends nothing: %j', async (body) => {
    const ada = await admin.person({ roles: ['editor', 'author'] });
    const answer = expectStatus(200, await admin.patch(`/users/${ada.id}`, body));
    expect(answer.body).toEqual({ user: expect.objectContaining({ tokenVersion: 1 }) });
    await expectAlive(admin.server, ada.token);
  });

  it.each([
    [{ email: 'x@example.org' }],
    [{ roles: null }],
    [{ displayName: null }],
    [{ reason: ' ' }],
    [[]],
  ])('of anything else is refused: %j', async (body) => {
    const ada = await admin.person();
    expectRefusal(await admin.patch(`/users/${ada.id}`, body), 400, 'validation_failed');
  });

  it('of somebody who is not there is 404', async () => {
    expectRefusal(await admin.patch('/users/nobody', {}), 404, 'not_found');
    expectRefusal(await admin.get('/users/nobody'), 404, 'not_found');
    expectRefusal(await admin.get('/users/nobody/sessions'), 404, 'not_found');
  });
});
