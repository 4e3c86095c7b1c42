// Every way by which an operator ends a user's sessions: log in, end it, call again.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdminOverviewService } from '../../src/admin/overview/admin-overview.service.js';
import {
  aRevocation,
  expectAlive,
  expectEnded,
  expectRefusal,
  expectStatus,
  startAdministration,
  type Administration,
} from '../support/administration.js';

let admin: Administration;
beforeAll(async () => {
  admin = await startAdministration();
});
afterAll(() => admin.close());

const lastEntry = async (target: string): Promise<unknown> =>
  (await admin.get(`/audit?limit=1&target=${target}`)).body.entries[0];

describe('suspending a user', () => {
  it('ends every session at once, and nobody can log in', async () => {
    const ada = await admin.person();
    const elsewhere = await admin.login(ada);
    const { body } = expectStatus(
      200,
      await admin.post(`/users/${ada.id}/suspend`, { reason: 'left the company' }),
    );
    expect(body.revocation).toEqual(aRevocation('user', 'left the company'));
    expect(body.user).toMatchObject({
      id: ada.id,
      status: 'suspended',
      tokenVersion: 2,
      suspension: { reason: 'left the company', by: admin.adminId },
    });
    await expectEnded(admin.server, ada.token, 'token_revoked');
    await expectEnded(admin.server, elsewhere, 'token_revoked');
    const login = { email: ada.email, password: 'a long enough passphrase' };
    expectRefusal(await admin.server.api.post('/auth/login', login), 403, 'account_suspended');
    const { body: list } = await admin.get(`/users/${ada.id}/sessions`);
    expect(list.sessions.map((one: { state: string }) => one.state)).toEqual(['ended', 'ended']);
    expect(list.sessions[0].end).toMatchObject({ reason: 'left the company', by: admin.adminId });
  });

  it('is written down: who, whom, why, from where, what changed, how long it took', async () => {
    const ada = await admin.person();
    const { body, headers } = await admin.post(`/users/${ada.id}/suspend`, { reason: 'left' });
    expect(await lastEntry(ada.id)).toEqual({
      id: expect.any(String),
      at: '2026-01-01T00:00:00.000Z',
      actor: { type: 'user', id: admin.adminId },
      action: 'user.suspend',
      target: { type: 'user', id: ada.id },
      result: 'success',
      reason: 'left',
      ip: '127.0.0.1',
      requestId: headers.get('x-request-id'),
      changes: { status: ['active', 'suspended'] },
      revocation: body.revocation,
    });
  });

  it('once more revokes once more, and keeps the newer reason', async () => {
    const ada = await admin.person();
    await admin.post(`/users/${ada.id}/suspend`, { reason: 'first' });
    const { body } = expectStatus(
      200,
      await admin.post(`/users/${ada.id}/suspend`, { reason: 'second' }),
    );
    expect(body.user).toMatchObject({ tokenVersion: 3, suspension: { reason: 'second' } });
  });

  it.each([
    [undefined],
    [{}],
    [{ reason: '' }],
    [{ reason: ' \t' }],
    [{ reason: '   ' }],
    [{ reason: null }],
    [{ reason: 'x'.repeat(501) }],
    [{ reason: 'two\nlines' }],
    [{ reason: ['x'] }],
    [{ reason: 'x', status: 'active' }],
  ])('needs a reason and nothing else: %j', async (body) => {
    const ada = await admin.person();
    expectRefusal(await admin.post(`/users/${ada.id}/suspend`, body), 400, 'validation_failed');
    await expectAlive(admin.server, ada.token);
  });

  it('that is not there is 404', async () => {
    expectRefusal(await admin.post('/users/nobody/suspend', { reason: 'x' }), 404, 'not_found');
    expect(await lastEntry('nobody')).toMatchObject({ result: 'failure', reason: 'not_found' });
  });
});

describe('reactivating a user', () => {
  it('lets him log in again; tokens from before stay dead', async () => {
    const ada = await admin.person();
    await admin.post(`/users/${ada.id}/suspend`, { reason: 'holidays' });
    const { body } = expectStatus(200, await admin.post(`/users/${ada.id}/reactivate`));
    expect(body).toEqual({ user: expect.anything() });
    expect(body.user).toMatchObject({ status: 'active', tokenVersion: 3, suspension: null });
    await expectEnded(admin.server, ada.token, 'token_revoked');
    await expectAlive(admin.server, await admin.login(ada));
    expect(await lastEntry(ada.id)).toMatchObject({
      action: 'user.reactivate',
      changes: { status: ['suspended', 'active'] },
      revocation: null,
    });
  });

  it('who is active changes nothing, his sessions least of all', async () => {
    const ada = await admin.person();
    const reactivated = await admin.post(`/users/${ada.id}/reactivate`, { reason: 'to be sure' });
    expect(expectStatus(200, reactivated).body.user.tokenVersion).toBe(1);
    await expectAlive(admin.server, ada.token);
  });
});

describe('revoking a user', () => {
  it('ends every session; he may log in again', async () => {
    const ada = await admin.person();
    const { body } = expectStatus(200, await admin.post(`/users/${ada.id}/revoke`, {}));
    expect(body.revocation).toEqual(aRevocation('user', 'revoked_by_admin'));
    expect(body.user).toMatchObject({ status: 'active', tokenVersion: 2 });
    await expectEnded(admin.server, ada.token, 'token_revoked');
    await expectAlive(admin.server, await admin.login(ada));
  });

  it('leaves everybody else alone', async () => {
    const [ada, bob] = [await admin.person(), await admin.person()];
    await admin.post(`/users/${ada.id}/revoke`, { reason: 'lost her laptop' });
    await expectAlive(admin.server, bob.token);
  });
});

describe('deleting a user', () => {
  it('ends every session; the account is gone', async () => {
    const ada = await admin.person();
    const { body } = expectStatus(200, await admin.remove(`/users/${ada.id}`, { reason: 'asked' }));
    expect(body).toEqual({ revocation: aRevocation('user', 'asked') });
    await expectEnded(admin.server, ada.token, 'token_revoked');
    expectRefusal(await admin.get(`/users/${ada.id}`), 404, 'not_found');
    expectRefusal(await admin.remove(`/users/${ada.id}`), 404, 'not_found');
    const login = { email: ada.email, password: 'a long enough passphrase' };
    expectRefusal(await admin.server.api.post('/auth/login', login), 401, 'invalid_credentials');
  });

  it('frees the address, never the id', async () => {
    const ada = await admin.person();
    expectStatus(200, await admin.remove(`/users/${ada.id}`));
    expect(await admin.server.api.register(ada.email)).not.toBe(ada.id);
    await expectEnded(admin.server, ada.token, 'token_revoked');
  });
});

describe('administrators', () => {
  /** The other ways out of office are the same for him: see `user-changes.spec.ts`. */
  const waysOut = [
    ['suspend', (id: string) => admin.post(`/users/${id}/suspend`, { reason: 'x' })],
    ['delete', (id: string) => admin.remove(`/users/${id}`)],
    ['demote', (id: string) => admin.patch(`/users/${id}`, { roles: ['editor'] })],
  ] as const;

  it.each(waysOut)('%s: not the last one', async (_name, out) => {
    expectRefusal(await out(admin.adminId), 409, 'last_admin');
    expect((await admin.get(`/users/${admin.adminId}`)).body.user).toMatchObject({
      status: 'active',
      roles: ['admin'],
    });
  });

  it.each(waysOut)('%s: not oneself, and any other', async (_name, out) => {
    const other = await admin.person({ roles: ['admin'] });
    expectRefusal(await out(admin.adminId), 409, 'conflict');
    expectStatus(200, await out(other.id));
    await expectEnded(admin.server, other.token, 'token_revoked');
  });

  it('may end all their own sessions', async () => {
    const other = await admin.person({ roles: ['admin'] });
    const answer = await admin.server.api.post(`/admin/users/${other.id}/revoke`, {}, other.token);
    expectStatus(200, answer);
    expect(answer.token).toBeNull();
    await expectEnded(admin.server, other.token, 'token_revoked');
    expectStatus(200, await admin.remove(`/users/${other.id}`));
  });

  it('two who suspend each other at the same moment: one remains', async () => {
    const own = await startAdministration();
    const other = await own.person({ roles: ['admin'] });
    const answers = await Promise.all([
      own.post(`/users/${other.id}/suspend`, { reason: 'x' }),
      own.server.api.post(`/admin/users/${own.adminId}/suspend`, { reason: 'x' }, other.token),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const { users } = await own.server.app.get(AdminOverviewService).read();
    expect(users).toEqual({ active: 1, suspended: 1 });
    await own.close();
  });
});
