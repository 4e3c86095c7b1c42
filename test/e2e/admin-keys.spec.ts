// Signing keys: rotated without ending a session, and revoked with every token they signed.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  aRevocation,
  expectAlive,
  expectEnded,
  expectRefusal,
  expectStatus,
  startAdministration,
  type Administration,
} from '../support/administration.js';
import { headerOf } from '../support/jwt.js';

let admin: Administration;
beforeEach(async () => {
  admin = await startAdministration();
});
afterEach(() => admin.close());

interface Key {
  readonly kid: string;
  readonly state: string;
}

const inState = (keys: readonly Key[], state: string): string =>
  keys.find((key) => key.state === state)?.kid ?? '';
const publishedKids = async (): Promise<string[]> => {
  const { body } = await admin.server.api.get('/.well-known/jwks.json');
  return body.keys.map(({ kid }: Key) => kid);
};

describe('keys', () => {
  it('are shown without their private parts', async () => {
    const { body } = expectStatus(200, await admin.get('/keys'));
    expect(body.keys.map(({ state }: Key) => state).toSorted()).toEqual(['active', 'next']);
    expect(Object.keys(body.keys[0]).toSorted()).toEqual([
      'activatedAt',
      'algorithm',
      'createdAt',
      'kid',
      'liveSessions',
      'publishedUntil',
      'retiredAt',
      'revokedAt',
      'state',
    ]);
  });

  it('are rotated: the next signs, the last is published until its tokens have expired', async () => {
    await admin.post('/applications', { id: 'long', name: 'Long', accessTokenTtl: 3600 });
    const ada = await admin.person({ application: 'long' });
    const { body: before } = await admin.get('/keys');
    const { body } = expectStatus(200, await admin.post('/keys/rotate'));
    const [active, retiring] = [inState(body.keys, 'active'), inState(body.keys, 'retiring')];
    expect(active).toBe(inState(before.keys, 'next'));
    expect(retiring).toBe(inState(before.keys, 'active'));
    expect(body.keys.find(({ kid }: Key) => kid === retiring)).toMatchObject({
      retiredAt: '2026-01-01T00:00:00.000Z',
      publishedUntil: '2026-01-01T01:01:00.000Z',
    });
    expect(headerOf(await admin.login(ada))).toMatchObject({ kid: active });
    expect(headerOf(ada.token)).toMatchObject({ kid: retiring });
    await expectAlive(admin.server, ada.token);
    const { entries } = (await admin.get('/audit?action=key.rotate')).body;
    expect(entries[0]).toMatchObject({
      target: { type: 'key', id: active },
      changes: { current: [retiring, active] },
      revocation: null,
    });

    admin.server.clock.advance(3_659_000);
    expect(await publishedKids()).toContain(retiring);
    admin.server.clock.advance(1000);
    expect(await publishedKids()).not.toContain(retiring);
  });

  it('that leaked are revoked: every token they signed is dead, the operator’s too', async () => {
    const ada = await admin.person();
    const leaked = String(headerOf(ada.token).kid);
    const answer = await admin.post(`/keys/${leaked}/revoke`, { reason: 'found in a backup' });
    expect(expectStatus(200, answer).body.revocation).toEqual(
      aRevocation('key', 'found in a backup'),
    );
    expect(inState(answer.body.keys, 'revoked')).toBe(leaked);
    expect(inState(answer.body.keys, 'active')).not.toBe('');
    expect(answer.token).toBeNull();
    await expectEnded(admin.server, ada.token, 'token_revoked');
    expectRefusal(await admin.get('/keys'), 401, 'token_revoked');
    expect(await publishedKids()).not.toContain(leaked);
    await expectAlive(admin.server, await admin.login(ada));
  });

  it('are not revoked twice, nor without being there', async () => {
    const { body } = await admin.get('/keys');
    const next = inState(body.keys, 'next');
    expectStatus(200, await admin.post(`/keys/${next}/revoke`));
    expectRefusal(await admin.post(`/keys/${next}/revoke`), 409, 'conflict');
    expectRefusal(await admin.post('/keys/none/revoke'), 404, 'not_found');
  });
});

describe('everything at once', () => {
  it('ends every session of everybody, the operator’s too', async () => {
    const ada = await admin.person();
    expectRefusal(await admin.post('/revoke-all', {}), 400, 'validation_failed');
    const answer = await admin.post('/revoke-all', { reason: 'breach' });
    expect(expectStatus(200, answer).body).toEqual({
      revocation: aRevocation('everybody', 'breach'),
    });
    expect(answer.token).toBeNull();
    await expectEnded(admin.server, ada.token, 'token_revoked');
    expectRefusal(await admin.get('/overview'), 401, 'token_revoked');
    await expectAlive(admin.server, await admin.login(ada));
  });

  it('says so in the lists and in the log', async () => {
    const ada = await admin.person();
    const other = await admin.person({ roles: ['admin'] });
    await admin.post('/revoke-all', { reason: 'breach' });
    const token = await admin.login(other);
    const { api } = admin.server;
    const { body: sessions } = await api.get(`/admin/sessions?user=${ada.id}`, token);
    expect(sessions.sessions[0]).toMatchObject({ state: 'ended', end: { reason: 'breach' } });
    const { body: audit } = await api.get('/admin/audit?action=issuer.revoke', token);
    expect(audit.entries[0]).toMatchObject({
      actor: { type: 'user', id: admin.adminId },
      target: { type: 'everybody', id: 'everybody' },
      reason: 'breach',
    });
  });
});
