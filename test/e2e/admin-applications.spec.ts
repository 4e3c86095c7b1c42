// Applications: made, changed, and every way in which an operator ends their sessions.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { SessionPolicy } from '../../src/applications/application.js';
import { ApplicationsStore } from '../../src/applications/applications.store.js';
import {
  aRevocation,
  expectAlive,
  expectEnded,
  expectRefusal,
  expectStatus,
  startAdministration,
  type Administration,
} from '../support/administration.js';
import { issuer } from '../support/create-test-app.js';
import { claimsOf } from '../support/jwt.js';

let admin: Administration;
let made = 0;
beforeAll(async () => {
  admin = await startAdministration();
});
afterAll(() => admin.close());

/** A new application; its id and secret. */
async function newApplication(given: object = {}): Promise<{ id: string; secret: string }> {
  const id = `app-${String(++made)}`;
  const body = { id, name: 'An application', ...given };
  return { id, secret: expectStatus(201, await admin.post('/applications', body)).body.secret };
}

const lastEntry = async (id: string): Promise<unknown> =>
  (await admin.get(`/audit?limit=1&target=${id}`)).body.entries[0];

describe('a new application', () => {
  it('has the default policy, its id for an audience, and a secret that is shown this once', async () => {
    const answer = await admin.post('/applications', { id: 'Shop_1.x-y', name: 'Shop' });
    const { application, secret } = expectStatus(201, answer).body;
    expect(application).toEqual({
      id: 'Shop_1.x-y',
      name: 'Shop',
      audience: 'Shop_1.x-y',
      allowedOrigins: [],
      accessTokenTtl: 600,
      refreshAfter: 10,
      sessionTtl: 28_800,
      warnBefore: 120,
      resourceServer: false,
      enabled: true,
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:00:00.000Z',
    });
    expect(secret).toMatch(/^[\w-]{43}$/);
    const listed = { ...application, liveSessions: 0 };
    expect((await admin.get('/applications/Shop_1.x-y')).body).toEqual({ application: listed });
    const { body: list } = await admin.get('/applications');
    expect(list.applications).toContainEqual(listed);
    const all = JSON.stringify([list, await lastEntry('Shop_1.x-y')]);
    expect(all).not.toContain(secret);
    expect(all).not.toMatch(/secret|hash/i);
  });

  it('rules the sessions that are opened for it', async () => {
    const { id } = await newApplication({
      audience: 'https://api.example.org',
      accessTokenTtl: 60,
      sessionTtl: 120,
    });
    const { token } = await admin.person({ application: id });
    const claims = claimsOf(token) as Record<string, number>;
    expect(claims).toMatchObject({ client_id: id, aud: ['https://api.example.org', issuer] });
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(60);
    expect(Number(claims['session_exp']) - Number(claims['auth_time'])).toBe(120);
  });

  it('lets browsers at its origins in, until it is disabled', async () => {
    const origin = 'https://shop.example.org';
    const { id } = await newApplication({ allowedOrigins: [origin] });
    const allowed = async (): Promise<string | null> =>
      (await admin.server.api.get('/health/live', undefined, { origin })).headers.get(
        'access-control-allow-origin',
      );
    expect(await allowed()).toBe(origin);
    await admin.patch(`/applications/${id}`, { enabled: false });
    expect(await allowed()).toBeNull();
  });

  it('cannot have the id of another', async () => {
    const { id } = await newApplication();
    expectRefusal(await admin.post('/applications', { id, name: 'Again' }), 409, 'conflict');
    expectRefusal(await admin.post('/applications', { id: 'default', name: 'x' }), 409, 'conflict');
  });

  it.each([
    [{ id: '' }, ['id']],
    [{ id: '..' }, ['id']],
    [{ id: 'a/b' }, ['id']],
    [{ id: 'a b' }, ['id']],
    [{ id: 'x'.repeat(65) }, ['id']],
    [{ name: undefined }, ['name']],
    [{ name: ' ' }, ['name']],
    [{ audience: 'two words' }, ['audience']],
    [{ audience: issuer }, ['audience']],
    [{ allowedOrigins: ['https://shop.example.org/'] }, ['allowedOrigins']],
    [{ allowedOrigins: ['*'] }, ['allowedOrigins']],
    [{ allowedOrigins: ['https://a.example', 'https://a.example'] }, ['allowedOrigins']],
    [{ allowedOrigins: 'https://a.example' }, ['allowedOrigins']],
    [{ accessTokenTtl: '600' }, ['accessTokenTtl']],
    [{ accessTokenTtl: 9 }, ['accessTokenTtl']],
    [{ accessTokenTtl: 60, warnBefore: 60, refreshAfter: 60 }, ['refreshAfter', 'warnBefore']],
    [{ sessionTtl: 599 }, ['sessionTtl']],
    [{ enabled: 'false' }, ['enabled']],
    [{ resourceServer: null }, ['resourceServer']],
    [{ secret: 'mine' }, ['secret']],
    [{ version: 7 }, ['version']],
  ])('is refused with %j', async (change, fields) => {
    const answer = await admin.post('/applications', { id: 'never', name: 'x', ...change });
    expectRefusal(answer, 400, 'validation_failed');
    const faulty = answer.body.errors.map(({ field }: { field: string }) => field);
    expect([...new Set(faulty)]).toEqual(fields);
  });
});

describe('a change', () => {
  it('of name, origins and policy ends nothing, and is written down field by field', async () => {
    const { id } = await newApplication();
    const { token } = await admin.person({ application: id });
    const change = { name: 'Renamed', allowedOrigins: ['http://localhost:5173'], warnBefore: 60 };
    const { body } = expectStatus(200, await admin.patch(`/applications/${id}`, change));
    expect(body).toEqual({ application: expect.objectContaining(change) });
    await expectAlive(admin.server, token);
    expect(await lastEntry(id)).toMatchObject({
      action: 'application.update',
      changes: {
        name: ['An application', 'Renamed'],
        allowedOrigins: [[], ['http://localhost:5173']],
        warnBefore: [120, 60],
      },
      revocation: null,
    });
  });

  it.each([
    [{ enabled: false }, 'application_disabled'],
    [{ audience: 'https://other.example.org' }, 'audience_changed'],
  ])('%j ends its sessions', async (change, reason) => {
    const { id } = await newApplication();
    const ada = await admin.person({ application: id });
    const elsewhere = await admin.login(ada);
    const { body } = expectStatus(200, await admin.patch(`/applications/${id}`, change));
    expect(body.revocation).toEqual(aRevocation('application', reason));
    expect(body.application).toMatchObject(change);
    await expectEnded(admin.server, ada.token, 'token_revoked');
    await expectAlive(admin.server, elsewhere);
    const { body: list } = await admin.get(`/sessions?application=${id}`);
    expect(list.sessions[0]).toMatchObject({ state: 'ended', end: { reason } });
  });

  it('that disables it closes it to log-ins; enabled again, earlier tokens stay dead', async () => {
    const { id } = await newApplication();
    const ada = await admin.person({ application: id });
    await admin.patch(`/applications/${id}`, { enabled: false });
    await expect(admin.login(ada, id)).rejects.toThrow('not known');
    const { body } = expectStatus(200, await admin.patch(`/applications/${id}`, { enabled: true }));
    expect(body.revocation).toBeUndefined();
    await expectEnded(admin.server, ada.token, 'token_revoked');
    await expectAlive(admin.server, await admin.login(ada, id));
  });

  it('takes a reason, which is the revocation’s and the entry’s', async () => {
    const { id } = await newApplication();
    const change = { enabled: false, reason: 'the contract has ended' };
    const { body } = expectStatus(200, await admin.patch(`/applications/${id}`, change));
    expect(body.revocation).toEqual(aRevocation('application', change.reason));
    expect(await lastEntry(id)).toMatchObject({
      reason: change.reason,
      changes: { enabled: [true, false] },
    });
  });

  /** Somebody else changes limits between the reading and the writing of the next change. */
  function overtaken(id: string, limits: Partial<SessionPolicy>): void {
    const store = admin.server.app.get(ApplicationsStore);
    const update = (Object.getPrototypeOf(store) as ApplicationsStore).update.bind(store);
    jest.spyOn(store, 'update').mockImplementationOnce(async (...change) => {
      const { policy: from } = (await store.findById(id))!;
      await update(id, { policy: { from, to: { ...from, ...limits } } }, new Date());
      return update(...change);
    });
  }

  it('of one limit leaves what somebody else sets at the same moment', async () => {
    const { id } = await newApplication();
    overtaken(id, { accessTokenTtl: 900 });
    const { body } = expectStatus(
      200,
      await admin.patch(`/applications/${id}`, { warnBefore: 90 }),
    );
    expect(body.application).toMatchObject({ accessTokenTtl: 900, warnBefore: 90 });
    expect(await lastEntry(id)).toMatchObject({ changes: { warnBefore: [120, 90] } });
  });

  it('of one limit is judged by what somebody else sets at the same moment', async () => {
    const { id } = await newApplication();
    overtaken(id, { accessTokenTtl: 200 });
    const answer = await admin.patch(`/applications/${id}`, { warnBefore: 500 });
    expectRefusal(answer, 400, 'validation_failed');
    const { body } = await admin.get(`/applications/${id}`);
    expect(body.application).toMatchObject({ accessTokenTtl: 200, warnBefore: 120 });
  });

  it('that is overtaken again and again is refused', async () => {
    const { id } = await newApplication();
    for (let round = 1; round <= 5; round++) overtaken(id, { accessTokenTtl: 600 + round });
    const answer = await admin.patch(`/applications/${id}`, { warnBefore: 90 });
    expectRefusal(answer, 409, 'conflict');
  });

  it('is checked against what stays as it is', async () => {
    const { id } = await newApplication();
    const answer = await admin.patch(`/applications/${id}`, { accessTokenTtl: 100 });
    expectRefusal(answer, 400, 'validation_failed');
    expect(answer.body.errors).toEqual([
      { field: 'warnBefore', message: 'must be below accessTokenTtl' },
    ]);
  });

  it('cannot be of the id', async () => {
    const { id } = await newApplication();
    expectRefusal(await admin.patch(`/applications/${id}`, { id: 'x' }), 400, 'validation_failed');
  });
});

describe('revoking', () => {
  it('ends every session of it, and users may log in again', async () => {
    const { id } = await newApplication();
    const ada = await admin.person({ application: id });
    const path = `/applications/${id}/revoke`;
    expectRefusal(await admin.post(path, {}), 400, 'validation_failed');
    const { body } = expectStatus(200, await admin.post(path, { reason: 'new release' }));
    expect(body).toEqual({ revocation: aRevocation('application', 'new release') });
    await expectEnded(admin.server, ada.token, 'token_revoked');
    await expectAlive(admin.server, await admin.login(ada, id));
    expectRefusal(await admin.post('/applications/none/revoke', { reason: 'x' }), 404, 'not_found');
  });
});

describe('deleting', () => {
  it('ends every session of it', async () => {
    const { id, secret } = await newApplication();
    const ada = await admin.person({ application: id });
    const { body } = expectStatus(200, await admin.remove(`/applications/${id}`));
    expect(body).toEqual({ revocation: aRevocation('application', 'application_deleted') });
    await expectEnded(admin.server, ada.token, 'token_revoked');
    expectRefusal(await admin.get(`/applications/${id}`), 404, 'not_found');
    expectRefusal(await admin.remove(`/applications/${id}`), 404, 'not_found');
    const introspect = { token: ada.token };
    const { api } = admin.server;
    const answer = await api.form('/oauth/introspect', introspect, { id, secret });
    expectRefusal(answer, 401, 'invalid_credentials');
    expect(await lastEntry(id)).toMatchObject({
      action: 'application.delete',
      result: 'failure',
      reason: 'not_found',
    });
  });

  it('and making it again brings no old token back, and keeps no new one out', async () => {
    const { id } = await newApplication();
    const ada = await admin.person({ application: id });
    // Its versions are remembered from here on.
    await expectAlive(admin.server, ada.token);
    await admin.remove(`/applications/${id}`);
    admin.server.clock.advance(1000);
    expectStatus(201, await admin.post('/applications', { id, name: 'Again' }));
    await expectEnded(admin.server, ada.token, 'token_revoked');
    await expectAlive(admin.server, await admin.login(ada, id));
    await expectEnded(admin.server, ada.token, 'token_revoked');
  });
});

describe('the default application', () => {
  it('can be changed, neither disabled nor deleted', async () => {
    const path = '/applications/default';
    expectStatus(200, await admin.patch(path, { name: 'Ours', enabled: true }));
    expectRefusal(await admin.patch(path, { enabled: false }), 409, 'conflict');
    expectRefusal(await admin.remove(path), 409, 'conflict');
    expectStatus(200, await admin.get(path));
  });
});

describe('a new secret', () => {
  it('takes the place of the old one', async () => {
    const { id, secret: old } = await newApplication();
    const { body } = expectStatus(200, await admin.post(`/applications/${id}/secret`));
    expect(body.application.id).toBe(id);
    const { token } = await admin.person({ application: id });
    const { api } = admin.server;
    const active = async (secret: string) =>
      (await api.form('/oauth/introspect', { token }, { id, secret })).body.active;
    expect(await active(body.secret)).toBe(true);
    expect(await active(old)).toBeUndefined();
    const entry = JSON.stringify(await lastEntry(id));
    expect(entry).toContain('application.secret');
    expect(entry).not.toContain(body.secret);
  });
});
