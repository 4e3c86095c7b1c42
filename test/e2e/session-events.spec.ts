// A page that listens: GET /auth/session/events says when the session ends, in that moment.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createParser } from 'eventsource-parser';
import { pageStreams } from '../../src/auth/session.controller.js';
import { defaultHttpLimits } from '../../src/http/socket/limits.js';
import {
  adminEmail,
  adminPassword,
  createTestApp,
  type TestApp,
} from '../support/create-test-app.js';
import { eventually } from '../support/eventually.js';

let server: TestApp;
let admin: string;
let users = 0;

beforeAll(async () => {
  server = await createTestApp();
  admin = await server.api.login(adminEmail, adminPassword);
});
afterAll(() => server.close());

async function signedIn(): Promise<{ id: string; email: string; token: string }> {
  const email = `user${String(++users)}@example.com`;
  const id = await server.api.register(email);
  return { id, email, token: await server.api.login(email) };
}

interface Page {
  readonly headers: Headers;
  readonly events: { event: string | undefined; data: unknown }[];
  readonly closed: Promise<void>;
  isClosed: boolean;
  hangUp(): void;
}

async function listen(token: string, given: Record<string, string> = {}): Promise<Page> {
  const hangUp = new AbortController();
  const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream', ...given };
  const { signal } = hangUp;
  const response = await fetch(`${server.url}/auth/session/events`, { headers, signal });
  expect(response.status).toBe(200);
  const events: Page['events'] = [];
  const parser = createParser({
    onEvent: ({ event, data }) => events.push({ event, data: JSON.parse(data) }),
  });
  const read = async (): Promise<void> => {
    const text = new TextDecoder();
    try {
      for await (const piece of response.body!) parser.feed(text.decode(piece));
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    page.isClosed = true;
  };
  const page: Page = {
    headers: response.headers,
    events,
    isClosed: false,
    hangUp: () => hangUp.abort(),
    closed: Promise.resolve().then(read),
  };
  return page;
}

it.each([
  [
    'a suspension',
    (id: string) => server.api.post(`/admin/users/${id}/suspend`, { reason: 'fraud' }, admin),
    'token_revoked',
  ],
  [
    'a revoke',
    (id: string) => server.api.post(`/admin/users/${id}/revoke`, {}, admin),
    'token_revoked',
  ],
  [
    'a deletion',
    (id: string) => server.api.delete(`/admin/users/${id}`, admin, {}),
    'token_revoked',
  ],
])('%s ends it, with the code of the next 401, before it is answered', async (_name, act, code) => {
  const { id, token } = await signedIn();
  const page = await listen(token);
  expect((await act(id)).status).toBe(200);
  await page.closed;
  expect(page.events).toEqual([{ event: 'ended', data: { code } }]);
  expect((await server.api.get('/users/me', token)).body.code).toBe(code);
});

it('a log-out ends the stream of its own session and of no other', async () => {
  const { email, token } = await signedIn();
  const other = await server.api.login(email);
  const [mine, theirs] = [await listen(token), await listen(other)];
  await server.api.post('/auth/logout', undefined, token);
  await mine.closed;
  expect(mine.events).toEqual([{ event: 'ended', data: { code: 'session_revoked' } }]);
  expect([theirs.isClosed, theirs.events]).toEqual([false, []]);
  await server.api.post('/auth/logout', undefined, other);
  await theirs.closed;
});

it('slides nothing, and is kept by nobody', async () => {
  const { token } = await signedIn();
  server.clock.advance(20_000);
  const page = await listen(token);
  expect(page.headers.get('authorization')).toBeNull();
  expect(page.headers.get('cache-control')).toBe('no-store');
  await server.api.post('/auth/logout', undefined, token);
  await page.closed;
});

it('is closed without a token', async () => {
  const answer = await server.api.get('/auth/session/events');
  expect([answer.status, answer.body.code]).toEqual([401, 'token_missing']);
});

it('is closed to who could not read it', async () => {
  const { token } = await signedIn();
  const answer = await server.api.get('/auth/session/events', token, { accept: 'text/html' });
  expect(answer.status).toBe(406);
});

it('a page on the origin of an application may read it, and no other', async () => {
  const { token } = await signedIn();
  const origin = 'https://orders.example';
  const made = { id: 'orders-web', name: 'Orders', allowedOrigins: [origin] };
  await server.api.post('/admin/applications', made, admin);
  const allowed = async (from: string): Promise<string | null> => {
    const page = await listen(token, { origin: from });
    return page.headers.get('access-control-allow-origin');
  };
  expect(await allowed(origin)).toBe(origin);
  expect(await allowed('https://evil.example')).toBeNull();
  await server.api.post('/auth/logout', undefined, token);
});

it('a session has sixteen at most, and a place again when one is closed', async () => {
  const { email, token } = await signedIn();
  const pages = await Promise.all(Array.from({ length: 16 }, () => listen(token)));
  const refused = await server.api.get('/auth/session/events', token);
  expect([refused.status, refused.body.code]).toEqual([429, 'rate_limited']);
  expect(refused.headers.get('retry-after')).toBe('10');
  // Another session of the same user is not concerned.
  const other = await server.api.login(email);
  pages.push(await listen(other));
  pages[0]!.hangUp();
  await eventually(async () => {
    const page = await listen(token);
    pages.push(page);
  });
  await server.api.post('/auth/logout-all', undefined, token);
  await Promise.all(pages.map((page) => page.closed));
});

it('leaves the node connections for requests: each page that listens has one', () => {
  expect(pageStreams.perNode).toBeLessThanOrEqual(0.8 * defaultHttpLimits.connections);
});

it('does not keep the server from closing', async () => {
  const lonely = await createTestApp();
  await lonely.api.register('mia@example.com');
  const token = await lonely.api.login('mia@example.com');
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${lonely.url}/auth/session/events`, { headers });
  const begun = performance.now();
  await lonely.close();
  expect(performance.now() - begun).toBeLessThan(5_000);
  await response.text();
});
