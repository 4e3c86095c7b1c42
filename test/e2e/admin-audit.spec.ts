// What was done, by whom: the audit log, the revocations in it, and the overview.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdminOverviewService } from '../../src/admin/overview/admin-overview.service.js';
import {
  expectRefusal,
  expectStatus,
  startAdministration,
  type Administration,
  type Person,
} from '../support/administration.js';

let admin: Administration;
let ada: Person;
let bob: Person;

/** A little history, a minute between one line and the next. */
beforeAll(async () => {
  admin = await startAdministration();
  const minute = (): void => admin.server.clock.advance(60_000);
  ada = await admin.person();
  bob = await admin.person();
  minute();
  await admin.post(`/users/${ada.id}/suspend`, { reason: 'away' });
  minute();
  await admin.post(`/users/${ada.id}/reactivate`);
  minute();
  await admin.server.api.post('/auth/logout', undefined, bob.token);
  minute();
  await admin.post(`/users/${admin.adminId}/suspend`, { reason: 'tired' });
});
afterAll(() => admin.close());

interface Entry {
  readonly id: string;
  readonly action: string;
  readonly result: string;
}

describe('the audit log', () => {
  const actionsOf = async (query: string): Promise<string[]> => {
    const { body } = expectStatus(200, await admin.get(`/audit?${query}`));
    expect(body.total).toBe(body.entries.length);
    return body.entries.map(({ action }: Entry) => action);
  };

  it('is filtered by actor, target, action and time, newest first', async () => {
    expect(await actionsOf(`target=${ada.id}`)).toEqual([
      'user.reactivate',
      'user.suspend',
      'user.create',
    ]);
    expect(await actionsOf(`actor=${bob.id}`)).toEqual(['session.end', 'session.login']);
    expect(await actionsOf(`actor=${admin.adminId}&action=user.suspend`)).toHaveLength(2);
    expect(await actionsOf(`action=user.suspend&target=${ada.id}`)).toHaveLength(1);
    const from = 'from=2026-01-01T00:01:00Z';
    expect(await actionsOf(`target=${ada.id}&${from}`)).toEqual([
      'user.reactivate',
      'user.suspend',
    ]);
    expect(await actionsOf(`target=${ada.id}&${from}&to=2026-01-01T00:02:00.000Z`)).toEqual([
      'user.suspend',
    ]);
    const inZone = 'from=2026-01-01T02:02:00%2B02:00';
    expect(await actionsOf(`target=${ada.id}&${inZone}`)).toEqual(['user.reactivate']);
    expect(await actionsOf('action=user')).toEqual([]);
  });

  it.each(['2024-02-29T00:00:00Z', '2000-02-29t23:59:59.999z', '2025-12-31T22:59:59-01:00'])(
    'takes %s for the moment that it is',
    async (from) => {
      const time = `target=${ada.id}&from=${from}`;
      expect(await actionsOf(time)).toHaveLength(3);
      expect(await actionsOf(`target=${ada.id}&to=${from}`)).toEqual([]);
    },
  );

  it('keeps what was refused, and why', async () => {
    const { entries } = (await admin.get(`/audit?target=${admin.adminId}&limit=1`)).body;
    expect(entries[0]).toMatchObject({
      action: 'user.suspend',
      result: 'failure',
      reason: 'last_admin',
      changes: null,
      revocation: null,
    });
  });

  it('is paged to its end', async () => {
    const { body: all } = await admin.get('/audit?limit=200');
    const ids: string[] = [];
    let cursor = '';
    do {
      const { body } = expectStatus(200, await admin.get(`/audit?limit=3&cursor=${cursor}`));
      ids.push(...body.entries.map(({ id }: Entry) => id));
      cursor = body.nextCursor ?? '';
    } while (cursor !== '');
    expect(ids).toEqual(all.entries.map(({ id }: Entry) => id));
    expect(new Set(ids).size).toBe(all.total);
  });

  it.each([
    'from=yesterday',
    'from=2026-01-01',
    'from=2026-01-01T00:00:00',
    'from=2026-13-01T00:00:00Z',
    'from=2026-02-31T00:00:00Z',
    'from=2026-02-30T23:00:00-02:00',
    'to=2025-02-29T00:00:00Z',
    'to=1900-02-29T00:00:00Z',
    'to=2026-04-31T12:00:00Z',
    'to=2026-04-30T24:00:00Z',
    'to=2026-04-30T12:60:00Z',
    'to=2026-04-30T12:00:00%2B24:00',
    'from=2026-00-10T00:00:00Z',
    'from=2026-01-00T00:00:00Z',
    'to=1767225600000',
    'result=refused',
    'limit=201',
  ])('refuses %s', async (query) => {
    expectRefusal(await admin.get(`/audit?${query}`), 400, 'validation_failed');
  });

  it('is never changed over HTTP', async () => {
    for (const method of ['POST', 'PATCH', 'PUT', 'DELETE']) {
      const answer = await admin.server.api.call(method, '/admin/audit');
      expectRefusal(answer, 405, 'method_not_allowed');
    }
  });
});

describe('the revocations', () => {
  it('are those of everybody, with the time of each node', async () => {
    const { body } = expectStatus(200, await admin.get('/revocations'));
    expect(body.revocations).toEqual([
      {
        id: expect.any(String),
        scope: 'session',
        reason: 'logout',
        effectiveAt: '2026-01-01T00:03:00.000Z',
        durationMs: expect.any(Number),
        nodes: [
          { id: expect.any(String), kind: 'server', acknowledgedAfterMs: expect.any(Number) },
        ],
        action: 'session.end',
        actor: { type: 'user', id: bob.id },
        target: { type: 'session', id: expect.any(String) },
      },
      expect.objectContaining({
        scope: 'user',
        reason: 'away',
        action: 'user.suspend',
        target: { type: 'user', id: ada.id },
      }),
    ]);
    const { body: first } = await admin.get('/revocations?limit=1');
    const { body: second } = await admin.get(`/revocations?limit=1&cursor=${first.nextCursor}`);
    expect([...first.revocations, ...second.revocations]).toEqual(body.revocations);
    expectRefusal(await admin.get('/revocations?scope=user'), 400, 'validation_failed');
  });
});

describe('the overview', () => {
  it('counts', async () => {
    const { body } = expectStatus(200, await admin.get('/overview'));
    expect(body).toEqual({
      users: { active: 3, suspended: 0 },
      signedInUsers: 1,
      liveSessions: 1,
      liveSessionsPerHour: expect.arrayContaining([
        { at: '2025-12-31T01:00:00.000Z', count: 0 },
        { at: '2026-01-01T00:04:00.000Z', count: 1 },
      ]),
      failedSignInsPerHour: expect.arrayContaining([
        { at: '2025-12-31T01:00:00.000Z', count: 0 },
        { at: '2026-01-01T00:00:00.000Z', count: 0 },
      ]),
      entries: (await admin.get('/audit?limit=10')).body.entries,
      applications: 1,
      revocations: {
        since: '2025-12-31T00:04:00.000Z',
        count: 2,
        durationMs: {
          p50: expect.any(Number),
          p95: expect.any(Number),
          max: expect.any(Number),
        },
        recent: (await admin.get('/revocations')).body.revocations,
      },
      node: body.nodes[0].id,
      nodes: [
        {
          id: expect.any(String),
          kind: 'server',
          leaseMs: 5000,
          leaseLeftMs: expect.any(Number),
          acknowledged: expect.any(Number),
          behind: expect.any(Number),
          polledAt: expect.any(String),
        },
      ],
      storage: 'sqlite',
      startedAt: '2026-01-01T00:00:00.000Z',
    });
    const { p50, p95, max } = body.revocations.durationMs;
    expect(p50).toBeLessThanOrEqual(p95);
    expect(p95).toBe(max);
  });

  it('forgets the revocations of yesterday; of none there are no times', async () => {
    const quiet = await startAdministration();
    const overview = quiet.server.app.get(AdminOverviewService);
    await quiet.post(`/users/${(await quiet.person()).id}/revoke`, {});
    quiet.server.clock.advance(86_400_000);
    expect((await overview.read()).revocations.count).toBe(1);
    quiet.server.clock.advance(1);
    expect((await overview.read()).revocations).toMatchObject({ count: 0, durationMs: null });
    await quiet.close();
  });
});
