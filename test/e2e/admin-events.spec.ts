// GET /admin/events: what happens on the server, as it happens, for whoever watches.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditService } from '../../src/audit/audit.service.js';
import { AuditTail } from '../../src/audit/audit-tail.service.js';
import {
  expectRefusal,
  startAdministration,
  type Administration,
} from '../support/administration.js';
import { adminEmail, adminPassword } from '../support/create-test-app.js';
import { eventually } from '../support/eventually.js';
import { watch, type Watched } from '../support/http/watch.js';

let admin: Administration;
const watching: Watched[] = [];

beforeAll(async () => {
  admin = await startAdministration();
});
afterEach(async () => {
  for (const page of watching.splice(0)) await page.close();
});
afterAll(() => admin.close());

const login = (): Promise<string> => admin.server.api.login(adminEmail, adminPassword);
async function open(token: string, lastEventId?: string): Promise<Watched> {
  const page = await watch(`${admin.server.url}/admin/events`, token, lastEventId);
  watching.push(page);
  return page;
}
const actionsOf = (page: Watched): string[] => page.of('audit').map(({ action }) => action);

describe('a watcher', () => {
  it('is told of a suspension, with the acknowledgement of each node, and of its entry', async () => {
    const page = await open(await login());
    const person = await admin.person();
    const { body } = await admin.post(`/users/${person.id}/suspend`, { reason: 'fraud' });
    await eventually(() => actionsOf(page).length === 3);
    expect(page.events.map(({ event }) => event)).toEqual([
      'ready',
      'audit',
      'audit',
      'revocation',
      'audit',
    ]);
    const target = { type: 'user', id: person.id };
    const actor = { type: 'user', id: admin.adminId };
    expect(page.of('revocation')).toEqual([
      { ...body.revocation, action: 'user.suspend', actor, target },
    ]);
    const { entries } = (await admin.get('/audit?limit=3')).body;
    expect(page.of('audit').reverse()).toEqual(entries);
  });

  it('goes on where he was cut off: nothing is missing, nothing comes twice', async () => {
    const token = await login();
    const page = await open(token);
    const person = await admin.person();
    await eventually(() => actionsOf(page).length === 2);
    await page.close();
    await admin.post(`/users/${person.id}/revoke`, {});
    const again = await open(token, page.lastEventId);
    await admin.post(`/users/${person.id}/suspend`, { reason: 'x' });
    await eventually(() => actionsOf(again).length === 2);
    expect(actionsOf(again)).toEqual(['user.revoke', 'user.suspend']);
    expect(again.of('gap')).toEqual([]);
  });

  it('who heard nothing before he was cut off goes on from `ready`', async () => {
    const token = await login();
    const page = await open(token);
    await eventually(() => page.lastEventId !== undefined);
    await page.close();
    await admin.person();
    const again = await open(token, page.lastEventId);
    await eventually(() => actionsOf(again).length === 2);
  });

  it('who missed more than 1,000 entries is told to read the lists, and then what is new', async () => {
    const token = await login();
    const page = await open(token);
    await eventually(() => page.lastEventId !== undefined);
    await page.close();
    const audit = admin.server.app.get(AuditService);
    const actor = { type: 'system', id: null } as const;
    for (let n = 0; n <= 1_000; n += 1) await audit.record({ actor, action: 'test.line' });
    const again = await open(token, page.lastEventId);
    await admin.person();
    await eventually(() => actionsOf(again).length === 2);
    expect(again.events.slice(0, 2).map(({ event }) => event)).toEqual(['ready', 'gap']);
    expect(actionsOf(again)).toEqual(['user.create', 'session.login']);
  });

  it.each(['x', '-1', '1.5', '{"$gt":0}'])('with Last-Event-ID %s is refused', async (id) => {
    const headers = { 'last-event-id': id };
    expectRefusal(await admin.get('/events', headers), 400, 'validation_failed');
  });

  it('slides nothing, and is kept by nobody', async () => {
    const token = await login();
    admin.server.clock.advance(20_000);
    const page = await open(token);
    expect(page.headers.get('authorization')).toBeNull();
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  });

  it('that goes away leaves nobody reading the database', async () => {
    const tail = admin.server.app.get(AuditTail);
    const page = await open(await login());
    await page.close();
    await eventually(() => !tail.isFollowed);
  });
});

describe('the end of the session', () => {
  it.each([
    [
      'a log-out',
      (token: string) => admin.server.api.post('/auth/logout', undefined, token),
      'session_revoked',
    ],
    [
      'a revoke of everybody',
      () => admin.post('/revoke-all', { reason: 'breach' }),
      'token_revoked',
    ],
  ])('by %s ends the stream at once, with its code', async (_name, act, code) => {
    const token = await login();
    const page = await open(token);
    expect((await act(token)).status).toBeLessThan(300);
    await page.closed;
    expect(page.events.at(-1)).toMatchObject({ event: 'ended', data: { code } });
    expect((await admin.server.api.get('/users/me', token)).body.code).toBe(code);
    await admin.close();
    admin = await startAdministration();
  });
});

describe('the stream', () => {
  it('is for administrators who are logged in', async () => {
    const { token } = await admin.person();
    const { api } = admin.server;
    expectRefusal(await api.get('/admin/events'), 401, 'token_missing');
    expectRefusal(await api.get('/admin/events', token), 403, 'forbidden');
    expectRefusal(await admin.get('/events', { accept: 'image/png' }), 406, 'not_acceptable');
  });

  it('is had eight times by a session; then the ninth is told to wait', async () => {
    const token = await login();
    const pages = [];
    for (let n = 0; n < 8; n += 1) pages.push(await open(token));
    expect(pages.map(({ status }) => status)).toEqual(Array(8).fill(200));
    const ninth = await admin.server.api.get('/admin/events', token);
    expectRefusal(ninth, 429, 'rate_limited');
    expect(ninth.headers.get('retry-after')).toBe('10');
    expect((await open(await login())).status).toBe(200);
    await pages[0]!.close();
    await eventually(async () => (await open(token)).status === 200);
  });

  it('may be read by the scripts of an application, which may say where they were', async () => {
    const origin = 'https://ops.example';
    const body = { id: 'ops', name: 'Ops', allowedOrigins: [origin] };
    await admin.post('/applications', body);
    const token = await login();
    const page = await watch(`${admin.server.url}/admin/events`, token, undefined, { origin });
    watching.push(page);
    expect(page.headers.get('access-control-allow-origin')).toBe(origin);
    const preflight = await fetch(`${admin.server.url}/admin/events`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization,last-event-id,session-activity',
      },
    });
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Last-Event-ID');
  });

  it('does not keep the server from closing', async () => {
    const lonely = await startAdministration();
    const token = await lonely.server.api.login(adminEmail, adminPassword);
    const page = await watch(`${lonely.server.url}/admin/events`, token);
    const begun = performance.now();
    await lonely.close();
    expect(performance.now() - begun).toBeLessThan(5_000);
    await page.closed;
  });
});
