// One action on many users: each row for itself, under one revocation.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { UsersService } from '../../src/users/users.service.js';
import {
  aRevocation,
  expectAlive,
  expectEnded,
  expectOutageRecorded,
  expectRefusal,
  expectStatus,
  startAdministration,
  type Administration,
  type Person,
} from '../support/administration.js';

let admin: Administration;
beforeEach(async () => {
  admin = await startAdministration();
});
afterEach(() => admin.close());

const people = async (count: number): Promise<Person[]> =>
  Promise.all(Array.from({ length: count }, () => admin.person()));

describe('bulk', () => {
  it('suspends everybody named, in the order named, and says who was not', async () => {
    const [ada, bob] = (await people(2)) as [Person, Person];
    const outsider = await admin.person();
    const ids = [ada.id, admin.adminId, 'nobody', bob.id];
    const answer = await admin.post('/users/bulk', { ids, action: 'suspend', reason: 'clean-up' });
    expect(expectStatus(200, answer).body).toEqual({
      results: [
        { id: ada.id, ok: true },
        { id: admin.adminId, ok: false, code: 'last_admin' },
        { id: 'nobody', ok: false, code: 'not_found' },
        { id: bob.id, ok: true },
      ],
      revocation: aRevocation('users', 'clean-up'),
    });
    await expectEnded(admin.server, ada.token, 'token_revoked');
    await expectEnded(admin.server, bob.token, 'token_revoked');
    await expectAlive(admin.server, outsider.token);
    const { entries } = (await admin.get(`/audit?limit=1&target=${bob.id}`)).body;
    expect(entries[0]).toMatchObject({
      action: 'user.suspend',
      reason: 'clean-up',
      changes: { status: ['active', 'suspended'] },
    });
    const { body } = await admin.get('/revocations');
    expect(body.revocations).toHaveLength(1);
    expect(body.revocations[0]).toMatchObject({ ...answer.body.revocation, action: 'user.bulk' });
  });

  it('refuses one’s own row, and takes every other administrator', async () => {
    const others = await Promise.all([1, 2, 3].map(() => admin.person({ roles: ['admin'] })));
    const ids = [admin.adminId, ...others.map(({ id }) => id)];
    const { body } = await admin.post('/users/bulk', { ids, action: 'suspend', reason: 'x' });
    expect(body.results).toEqual([
      { id: admin.adminId, ok: false, code: 'conflict' },
      ...others.map(({ id }) => ({ id, ok: true })),
    ]);
  });

  it('reactivates who is suspended, and leaves who is active signed in', async () => {
    const [ada, bob] = (await people(2)) as [Person, Person];
    await admin.post(`/users/${ada.id}/suspend`, { reason: 'x' });
    const ids = [ada.id, bob.id];
    const answer = await admin.post('/users/bulk', { ids, action: 'reactivate', reason: 'back' });
    expect(expectStatus(200, answer).body.results).toEqual(ids.map((id) => ({ id, ok: true })));
    await expectEnded(admin.server, ada.token, 'token_revoked');
    await expectAlive(admin.server, await admin.login(ada));
    await expectAlive(admin.server, bob.token);
    expect((await admin.get('/revocations')).body.revocations).toHaveLength(1);
  });

  it('that fails as a whole leaves an entry that says why', async () => {
    const [ada] = (await people(1)) as [Person];
    const users = admin.server.app.get(UsersService);
    const body = { ids: [ada.id], action: 'reactivate', reason: 'back' };
    await expectOutageRecorded(admin, users, { path: '/users/bulk', body, action: 'user.bulk' });
  });

  it('signs 500 out', async () => {
    const [ada, bob] = (await people(2)) as [Person, Person];
    const strangers = Array.from({ length: 498 }, (_, index) => `stranger${index}`);
    const ids = [ada.id, ...strangers, bob.id];
    const { body } = await admin.post('/users/bulk', { ids, action: 'revoke', reason: 'breach' });
    expect(body.results).toHaveLength(500);
    expect(body.results.filter(({ ok }: { ok: boolean }) => ok)).toHaveLength(2);
    await expectEnded(admin.server, ada.token, 'token_revoked');
    await expectEnded(admin.server, bob.token, 'token_revoked');
    await expectAlive(admin.server, await admin.login(ada));
  });

  it.each([
    [{ ids: [] }],
    [{ ids: ['a', 'a'] }],
    [{ ids: 'a' }],
    [{ ids: [1] }],
    [{ ids: Array.from({ length: 501 }, (_, index) => `u${index}`) }],
    [{ action: 'delete' }],
    [{ reason: '' }],
    [{ reason: undefined }],
    [{ dryRun: 'true' }],
    [{ dryRun: true, reason: '' }],
  ])('refuses %j', async (change) => {
    const body = { ids: ['a'], action: 'suspend', reason: 'x', ...change };
    expectRefusal(await admin.post('/users/bulk', body), 400, 'validation_failed');
  });
});
