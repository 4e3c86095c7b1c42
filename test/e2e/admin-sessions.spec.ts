// Everybody's sessions: found, and ended one by one.
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

const sessionOf = (token: string): string => String(claimsOf(token).sid);

describe('the list', () => {
  it('says whose each is, from where, and whether it is alive', async () => {
    const ada = await admin.person({ displayName: 'Ada' });
    const { body } = expectStatus(200, await admin.get(`/sessions?user=${ada.id}`));
    expect(body).toEqual({
      sessions: [
        {
          id: sessionOf(ada.token),
          userId: ada.id,
          user: { email: ada.email, displayName: 'Ada' },
          application: 'default',
          current: false,
          state: 'live',
          createdAt: '2026-01-01T00:00:00.000Z',
          lastSeenAt: '2026-01-01T00:00:00.000Z',
          expiresAt: '2026-01-01T08:00:00.000Z',
          idleExpiresAt: '2026-01-01T00:10:00.000Z',
          ip: '127.0.0.1',
          userAgent: 'node',
          end: null,
        },
      ],
      total: 1,
      nextCursor: null,
    });
  });

  it('filters by application and address, and adds filters up', async () => {
    await admin.post('/applications', { id: 'shop', name: 'Shop' });
    const ada = await admin.person({ application: 'shop' });
    await admin.login(ada);
    const totalOf = async (query: string): Promise<number> =>
      expectStatus(200, await admin.get(`/sessions?${query}`)).body.total;
    expect(await totalOf(`user=${ada.id}`)).toBe(2);
    expect(await totalOf(`user=${ada.id}&application=shop`)).toBe(1);
    expect(await totalOf('application=shop&ip=127.0.0.1')).toBe(1);
    expect(await totalOf('application=shop&ip=127.0.0.2')).toBe(0);
    expect(await totalOf(`user=&application=&ip=&live=`)).toBeGreaterThan(2);
  });

  it('keeps ended ones with who and why; `live=true` leaves them out', async () => {
    const ada = await admin.person();
    const elsewhere = await admin.login(ada);
    await admin.remove(`/sessions/${sessionOf(elsewhere)}`, { reason: 'unknown device' });
    for (const path of [`/sessions?user=${ada.id}`, `/users/${ada.id}/sessions?`]) {
      const { body: all } = await admin.get(path);
      expect(all.total).toBe(2);
      const ended = all.sessions.find(({ id }: { id: string }) => id === sessionOf(elsewhere));
      expect(ended).toMatchObject({
        state: 'ended',
        end: { at: '2026-01-01T00:00:00.000Z', reason: 'unknown device', by: admin.adminId },
      });
      const { body: live } = await admin.get(`${path}&live=true`);
      expect(live.sessions.map(({ id }: { id: string }) => id)).toEqual([sessionOf(ada.token)]);
    }
  });

  it('marks the one that asks', async () => {
    const { body } = await admin.get(`/users/${admin.adminId}/sessions`);
    expect(body.sessions.map(({ current }: { current: boolean }) => current)).toEqual([true]);
  });

  it('outlives a deleted user', async () => {
    const ada = await admin.person();
    await admin.remove(`/users/${ada.id}`);
    const { body } = await admin.get(`/sessions?user=${ada.id}`);
    expect(body.sessions[0]).toMatchObject({ userId: ada.id, user: null, state: 'ended' });
  });

  it.each(['limit=0', 'live=yes', 'userId=x', 'ip=%0a', 'cursor=%7B%7D'])(
    'refuses %s',
    async (q) => {
      expectRefusal(await admin.get(`/sessions?${q}`), 400, 'validation_failed');
    },
  );
});

describe('ending one', () => {
  it('ends it at once and no other', async () => {
    const ada = await admin.person();
    const elsewhere = await admin.login(ada);
    const { body } = expectStatus(200, await admin.remove(`/sessions/${sessionOf(ada.token)}`));
    expect(body).toEqual({ revocation: aRevocation('session', 'revoked_by_admin') });
    await expectEnded(admin.server, ada.token, 'session_revoked');
    await expectAlive(admin.server, elsewhere);
    const { entries } = (await admin.get(`/audit?target=${sessionOf(ada.token)}&limit=1`)).body;
    expect(entries[0]).toMatchObject({
      action: 'session.end',
      actor: { type: 'user', id: admin.adminId },
      reason: null,
      revocation: body.revocation,
    });
  });

  it('that has ended, or never was, is 404', async () => {
    const ada = await admin.person();
    await admin.remove(`/sessions/${sessionOf(ada.token)}`);
    expectRefusal(await admin.remove(`/sessions/${sessionOf(ada.token)}`), 404, 'not_found');
    expectRefusal(await admin.remove('/sessions/none'), 404, 'not_found');
  });

  it('may be one’s own: the answer brings no new token', async () => {
    const other = await admin.person({ roles: ['admin'] });
    const path = `/admin/sessions/${sessionOf(other.token)}`;
    const answer = expectStatus(200, await admin.server.api.delete(path, other.token));
    expect(answer.token).toBeNull();
    await expectEnded(admin.server, other.token, 'session_revoked');
  });
});

describe('sessions that ran out', () => {
  it('are called expired', async () => {
    const own = await startAdministration();
    const ada = await own.person();
    own.server.clock.advance(300_000);
    const { token } = await own.get('/overview');
    own.server.clock.advance(300_000);
    const { body } = await own.server.api.get(`/admin/sessions?user=${ada.id}`, token ?? '');
    expect(body.sessions.map(({ state }: { state: string }) => state)).toEqual(['expired']);
    await own.close();
  });
});
