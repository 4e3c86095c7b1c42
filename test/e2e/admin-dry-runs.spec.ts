// What an action would end, counted before it is done; and many sessions ended by a filter.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SessionActivity } from '../../src/tokens/sessions/session-activity.js';
import { SessionsService } from '../../src/tokens/sessions/sessions.service.js';
import {
  aRevocation,
  expectAlive,
  expectEnded,
  expectOutageRecorded,
  expectRefusal,
  expectStatus,
  startAdministration,
  type Administration,
} from '../support/administration.js';
import type { Answer } from '../support/api-client.js';
import { claimsOf } from '../support/jwt.js';

let admin: Administration;
beforeEach(async () => {
  admin = await startAdministration();
});
afterEach(() => admin.close());

const entryCount = async (): Promise<number> => (await admin.get('/audit?limit=1')).body.total;
const sidOf = (token: string): string => claimsOf(token).sid as string;

/** The administrator's own session, and three of two users. */
async function fourSessions(): Promise<{ ada: string; bob: string; tokens: string[] }> {
  await admin.post('/applications', { id: 'shop', name: 'Shop' });
  const ada = await admin.person();
  const bob = await admin.person({ application: 'shop' });
  const tokens = [ada.token, await admin.login(ada, 'shop'), bob.token];
  return { ada: ada.id, bob: bob.id, tokens };
}

describe('a dry run', () => {
  it('counts the sessions that would end, needs no reason, does nothing and leaves no entry', async () => {
    const { ada, bob, tokens } = await fourSessions();
    const kid = (await admin.get('/keys')).body.keys.find(
      ({ state }: { state: string }) => state === 'active',
    ).kid as string;
    const before = await entryCount();
    const dryRun = true;
    const bulk = { ids: [ada, bob, 'nobody', admin.adminId], action: 'suspend', dryRun };
    const asked: [path: string, body: object, expected: object][] = [
      ['/revoke-all', { dryRun }, { dryRun, sessions: 4 }],
      ['/applications/shop/revoke', { dryRun }, { dryRun, sessions: 2 }],
      [`/keys/${kid}/revoke`, { dryRun }, { dryRun, sessions: 4 }],
      [
        '/users/bulk',
        bulk,
        {
          dryRun,
          sessions: 3,
          results: [
            { id: ada, ok: true },
            { id: bob, ok: true },
            { id: 'nobody', ok: false, code: 'not_found' },
            { id: admin.adminId, ok: false, code: 'last_admin' },
          ],
        },
      ],
      [
        '/users/bulk',
        { ids: [ada, admin.adminId], action: 'revoke', dryRun },
        {
          dryRun,
          sessions: 3,
          results: [
            { id: ada, ok: true },
            { id: admin.adminId, ok: true },
          ],
        },
      ],
      [
        '/users/bulk',
        { ids: [ada], action: 'reactivate', dryRun },
        { dryRun, sessions: 0, results: [{ id: ada, ok: true }] },
      ],
      [
        '/sessions/revoke',
        { filter: { user: ada }, dryRun },
        { dryRun, sessions: 2, includesCurrent: false, limit: 500 },
      ],
      [
        '/sessions/revoke',
        { filter: { ip: '127.0.0.1' }, dryRun },
        { dryRun, sessions: 3, includesCurrent: true, limit: 500 },
      ],
      [
        '/sessions/revoke',
        { ids: [sidOf(tokens[0]!), 'nothing'], dryRun },
        { dryRun, sessions: 1, includesCurrent: false, limit: 500 },
      ],
    ];
    for (const [path, body, expected] of asked) {
      expect([path, expectStatus(200, await admin.post(path, body)).body]).toEqual([
        path,
        expected,
      ]);
    }
    for (const token of tokens) await expectAlive(admin.server, token);
    expect(await entryCount()).toBe(before);
  });

  it('counts as many as then end', async () => {
    const { tokens } = await fourSessions();
    const path = '/applications/shop/revoke';
    const { sessions } = (await admin.post(path, { dryRun: true })).body;
    expectStatus(200, await admin.post(path, { reason: 'leak', dryRun: false }));
    const { body } = await admin.get('/sessions?application=shop&state=ended');
    expect(body.total).toBe(sessions);
    await expectEnded(admin.server, tokens[1]!, 'token_revoked');
    await expectAlive(admin.server, tokens[0]!);
  });

  it.each([
    ['/revoke-all', {}],
    ['/revoke-all', { dryRun: false }],
    ['/revoke-all', { dryRun: 'true' }],
    ['/revoke-all', { dryRun: null }],
    ['/applications/default/revoke', {}],
    ['/applications/default/revoke', { dryRun: 1, reason: 'x' }],
    ['/users/bulk', { ids: ['a'], action: 'revoke' }],
    ['/users/bulk', { ids: ['a'], action: 'revoke', dryRun: true, reason: ' ' }],
  ])('%s with %j is refused', async (path, body) => {
    expectRefusal(await admin.post(path, body), 400, 'validation_failed');
  });

  it('of what is not there is 404, and of a revoked key 409', async () => {
    const dryRun = { dryRun: true };
    expectRefusal(await admin.post('/applications/none/revoke', dryRun), 404, 'not_found');
    expectRefusal(await admin.post('/keys/none/revoke', dryRun), 404, 'not_found');
    const { kid } = (await admin.get('/keys')).body.keys.find(
      ({ state }: { state: string }) => state === 'next',
    );
    expectStatus(200, await admin.post(`/keys/${kid}/revoke`, {}));
    expectRefusal(await admin.post(`/keys/${kid}/revoke`, dryRun), 409, 'conflict');
  });
});

describe('sessions', () => {
  it('that match a filter end under one revocation, as many as were expected', async () => {
    const { ada, tokens } = await fourSessions();
    const filter = { application: 'shop' };
    const { sessions: expected } = (await admin.post('/sessions/revoke', { filter, dryRun: true }))
      .body;
    const body = { filter, expected, reason: 'leak' };
    const answer = expectStatus(200, await admin.post('/sessions/revoke', body));
    const ended = [sidOf(tokens[1]!), sidOf(tokens[2]!)];
    expect(answer.body.revocation).toEqual(aRevocation('sessions', 'leak'));
    expect(
      answer.body.results.toSorted((a: { id: string }, b: { id: string }) =>
        a.id < b.id ? -1 : 1,
      ),
    ).toEqual(ended.toSorted().map((id) => ({ id, ok: true })));
    await expectEnded(admin.server, tokens[1]!, 'session_revoked');
    await expectEnded(admin.server, tokens[2]!, 'session_revoked');
    await expectAlive(admin.server, tokens[0]!);
    const { body: list } = await admin.get('/sessions?state=ended');
    expect(list.sessions.map(({ end }: { end: unknown }) => end)).toEqual(
      Array(2).fill({ at: expect.any(String), reason: 'leak', by: admin.adminId }),
    );
    const { revocations } = (await admin.get('/revocations')).body;
    expect(revocations[0]).toEqual({
      ...answer.body.revocation,
      action: 'session.bulk',
      actor: { type: 'user', id: admin.adminId },
      target: null,
    });
    const { entries } = (await admin.get(`/audit?target=${ended[0]}&action=session.end`)).body;
    expect(entries).toEqual([expect.objectContaining({ result: 'success', reason: 'leak' })]);
    expect((await admin.get(`/users/${ada}`)).body.user.liveSessions).toBe(1);
  });

  it('are left alone when another number matches by then', async () => {
    const { tokens } = await fourSessions();
    const body = { filter: { application: 'shop' }, expected: 1, reason: 'leak' };
    const answer = await admin.post('/sessions/revoke', body);
    expectRefusal(answer, 409, 'conflict');
    expect(answer.body.detail).toMatch(/^2 sessions match/);
    for (const token of tokens) await expectAlive(admin.server, token);
  });

  it('that are named end each for itself; one’s own, and what is none, are refused', async () => {
    const { tokens } = await fourSessions();
    const own = (await admin.get(`/sessions?user=${admin.adminId}`)).body.sessions[0].id as string;
    const ids = [sidOf(tokens[0]!), own, 'nothing', sidOf(tokens[2]!)];
    const answer = expectStatus(200, await admin.post('/sessions/revoke', { ids, reason: 'x' }));
    expect(answer.body.results).toEqual([
      { id: ids[0], ok: true },
      { id: own, ok: false, code: 'conflict' },
      { id: 'nothing', ok: false, code: 'not_found' },
      { id: ids[3], ok: true },
    ]);
    await expectEnded(admin.server, tokens[0]!, 'session_revoked');
    expectStatus(200, await admin.get('/users?limit=1'));
    await expectAlive(admin.server, tokens[1]!);
  });

  it('of one’s own address: all but one’s own end', async () => {
    const { tokens } = await fourSessions();
    const body = { filter: { ip: '127.0.0.1' }, expected: 3, reason: 'x' };
    expectStatus(200, await admin.post('/sessions/revoke', body));
    for (const token of tokens) await expectEnded(admin.server, token, 'session_revoked');
    expectStatus(200, await admin.get('/users?limit=1'));
  });

  it.each([
    [{}],
    [{ filter: {} }],
    [{ filter: { state: 'live' } }],
    [{ filter: { user: '' } }],
    [{ filter: { user: { $ne: '' } } }],
    [{ filter: [] }],
    [{ filter: { user: 'a' }, expected: undefined }],
    [{ filter: { user: 'a' }, expected: -1 }],
    [{ filter: { user: 'a' }, expected: '1' }],
    [{ filter: { user: 'a' }, reason: '' }],
    [{ filter: { user: 'a' }, reason: undefined }],
    [{ ids: [] }],
    [{ ids: ['a', 'a'] }],
    [{ ids: Array.from({ length: 501 }, (_, n) => `s${n}`) }],
  ])('%j is refused', async (change) => {
    const body = { reason: 'x', expected: 0, ...change };
    expectRefusal(await admin.post('/sessions/revoke', body), 400, 'validation_failed');
  });

  it('that another node knows to be alive end too, and are counted before', async () => {
    const mia = await admin.person();
    const { api, app, clock } = admin.server;
    // As on another node: what it has seen is in its memory.
    const activity = app.get(SessionActivity);
    const { flush } = activity;
    activity.flush = () => Promise.resolve();
    clock.advance(595_000);
    const [{ token: alive }, { token: own }] = [
      await api.get('/users/me', mia.token),
      await admin.get('/overview'),
    ];
    clock.advance(60_000);
    const post = async (body: object): Promise<Answer> =>
      expectStatus(200, await api.post('/admin/sessions/revoke', body, own ?? ''));
    for (const body of [{ ids: [sidOf(mia.token)] }, { filter: { user: mia.id } }]) {
      expect((await post({ ...body, dryRun: true })).body.sessions).toBe(1);
    }
    const filter = { user: mia.id };
    const { body } = await post({ filter, expected: 1, reason: 'x' });
    expect(body.results).toEqual([{ id: sidOf(mia.token), ok: true }]);
    await expectEnded(admin.server, alive ?? '', 'session_revoked');
    activity.flush = flush;
  });

  it.each<[string, (id: string) => string, (body: Answer['body']) => unknown, number]>([
    ['of a user', (id) => `/users/${id}`, (body) => body.user.liveSessions, 1],
    ['of a list', (id) => `/users?search=${id}`, (body) => body.users[0].liveSessions, 1],
    ['of an application', () => '/applications/default', (b) => b.application.liveSessions, 2],
    ['of everybody', () => '/overview', (body) => body.liveSessions, 2],
    ['of users', () => '/overview', (body) => body.signedInUsers, 2],
  ])('that this node has just seen are live in the number %s', async (_, path, pick, count) => {
    const mia = await admin.person();
    const { api, clock } = admin.server;
    clock.advance(595_000);
    await api.get('/users/me', mia.token);
    const { token } = await admin.get('/audit?limit=1');
    clock.advance(60_000);
    const answer = await api.get(`/admin${path(mia.id)}`, token ?? '');
    expect(pick(expectStatus(200, answer).body)).toBe(count);
  });

  it('that are refused leave an entry that says why, and no other', async () => {
    await fourSessions();
    const filter = { application: 'shop' };
    const refused: [body: object, status: number, code: string][] = [
      [{ filter, expected: 1 }, 409, 'conflict'],
      [{ filter: {}, expected: 0 }, 400, 'validation_failed'],
    ];
    for (const [body, status, code] of refused) {
      const before = await entryCount();
      expectRefusal(await admin.post('/sessions/revoke', { ...body, reason: 'x' }), status, code);
      const { total, entries } = (await admin.get('/audit?limit=1')).body;
      expect(total).toBe(before + 1);
      expect(entries[0]).toMatchObject({
        action: 'session.bulk',
        actor: { id: admin.adminId },
        result: 'failure',
        reason: code,
        revocation: null,
      });
      expect(entries[0].ip).toBe('127.0.0.1');
    }
  });

  it('that cannot be read leave an entry as well', async () => {
    await fourSessions();
    const sessions = admin.server.app.get(SessionsService);
    const body = { filter: { application: 'shop' }, expected: 2, reason: 'x' };
    const bulk = { path: '/sessions/revoke', body, action: 'session.bulk' };
    await expectOutageRecorded(admin, sessions, bulk);
  });

  it('more than 500 are too many for one call', async () => {
    const { UsersService } = await import('../../src/users/users.service.js');
    const { ApplicationsService } = await import('../../src/applications/applications.service.js');
    const { app } = admin.server;
    const ada = await admin.person();
    const user = await app.get(UsersService).get(ada.id);
    const application = await app.get(ApplicationsService).get('default');
    const from = { ip: '203.0.113.7', userAgent: 'x' };
    for (let n = 0; n < 501; n += 1)
      await app.get(SessionsService).open(user, application, 1, from);
    const filter = { ip: '203.0.113.7' };
    const { body } = await admin.post('/sessions/revoke', { filter, dryRun: true });
    expect(body).toMatchObject({ sessions: 501, limit: 500 });
    const answer = await admin.post('/sessions/revoke', { filter, expected: 501, reason: 'x' });
    expectRefusal(answer, 409, 'conflict');
    expect((await admin.get('/sessions?ip=203.0.113.7&state=live')).body.total).toBe(501);
    const { entries } = (await admin.get('/audit?action=session.bulk')).body;
    expect(entries).toEqual([expect.objectContaining({ result: 'failure', reason: 'conflict' })]);
  });
});
