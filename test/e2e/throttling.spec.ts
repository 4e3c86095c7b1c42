import { afterEach, describe, expect, it } from '@jest/globals';
import {
  createTestApp,
  adminEmail,
  adminPassword,
  type TestApp,
} from '../support/create-test-app.js';

/** Guessing passwords and secrets: how often one may, and that nobody else pays for it. */

let server: TestApp | undefined;
const password = 'a long enough passphrase';
const email = 'mia@example.com';

/** Behind a proxy that is believed, so that a test can be many addresses. */
async function start(): Promise<TestApp> {
  server = await createTestApp({ env: { THROTTLE: 'on', TRUST_PROXY: 'loopback' } });
  return server;
}

afterEach(async () => {
  await server?.close();
  server = undefined;
});

const login = (app: TestApp, ip: string, guess = password, who = email) =>
  app.api.call('POST', '/auth/login', {
    body: { email: who, password: guess },
    headers: { 'x-forwarded-for': ip },
  });

const register = (app: TestApp, ip: string, who: string) =>
  app.api.call('POST', '/auth/register', {
    body: { email: who, password },
    headers: { 'x-forwarded-for': ip },
  });

describe('one address', () => {
  it('may use a credential route thirty times a minute, and hears when to come back', async () => {
    const app = await start();
    for (let i = 0; i < 30; i++) {
      expect((await login(app, '192.0.2.1', 'wrong', `user${String(i)}@example.com`)).status).toBe(
        401,
      );
    }
    const refused = await login(app, '192.0.2.1', 'wrong', 'another@example.com');
    expect([refused.status, refused.body.code]).toEqual([429, 'rate_limited']);
    expect(Number(refused.headers.get('retry-after'))).toBe(60);
    expect((await login(app, '192.0.2.2', 'wrong', 'another@example.com')).status).toBe(401);
    app.clock.advance(60_000);
    expect((await login(app, '192.0.2.1', 'wrong', 'another@example.com')).status).toBe(401);
  });

  it('in IPv6 is a whole /64', async () => {
    const app = await start();
    for (let i = 0; i < 30; i++) {
      await register(app, `2001:db8::${i.toString(16)}`, `user${String(i)}@example.com`);
    }
    expect((await register(app, '2001:db8::ffff', 'a@example.com')).status).toBe(429);
    expect((await register(app, '2001:db8:0:1::1', 'b@example.com')).status).toBe(201);
  });

  it('cannot be made up in a header that no proxy set', async () => {
    server = await createTestApp({ env: { THROTTLE: 'on' } });
    const statuses: number[] = [];
    for (let i = 0; i < 31; i++) {
      statuses.push(
        (await login(server, `198.51.100.${String(i)}`, 'wrong', `u${String(i)}@example.com`))
          .status,
      );
    }
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('one account', () => {
  it('takes ten wrong passwords in a quarter of an hour, from however many addresses', async () => {
    const app = await start();
    await register(app, '192.0.2.1', email);
    const attempts = Array.from({ length: 15 }, (_, i) =>
      login(app, `198.51.100.${String(i)}`, 'wrong'),
    );
    const statuses = (await Promise.all(attempts)).map((answer) => answer.status).sort();
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
    // Not even the right one: a guesser must not learn that he has found it.
    expect((await login(app, '198.51.100.99')).status).toBe(429);
    app.clock.advance(15 * 60_000);
    expect((await login(app, '198.51.100.99')).status).toBe(200);
  });

  it('that does not exist is counted alike', async () => {
    const app = await start();
    for (let i = 0; i < 10; i++)
      await login(app, `198.51.100.${String(i)}`, 'wrong', 'nobody@example.com');
    expect((await login(app, '198.51.100.50', 'wrong', ' nobody@EXAMPLE.com')).status).toBe(429);
  });

  it('is not locked for its user where it was signed in from lately', async () => {
    const app = await start();
    await register(app, '192.0.2.1', email);
    expect((await login(app, '192.0.2.1')).status).toBe(200);
    for (let i = 0; i < 12; i++) await login(app, `198.51.100.${String(i)}`, 'wrong');
    expect((await login(app, '198.51.100.99')).status).toBe(429);
    expect((await login(app, '192.0.2.1')).status).toBe(200);
  });

  it('may be signed in to as often as its user likes', async () => {
    const app = await start();
    await register(app, '192.0.2.1', email);
    for (let i = 0; i < 20; i++) expect((await login(app, '192.0.2.1')).status).toBe(200);
  });

  it('has its password guarded on the inside too', async () => {
    const app = await start();
    await register(app, '192.0.2.1', email);
    const token = (await login(app, '192.0.2.1')).body.accessToken as string;
    const statuses: number[] = [];
    for (let i = 0; i < 11; i++) {
      const body = { currentPassword: 'wrong', newPassword: 'another long passphrase' };
      statuses.push((await app.api.post('/users/me/password', body, token)).status);
    }
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
  });
});

describe('an application', () => {
  it('hears 429 after ten wrong secrets, while the right one goes on working', async () => {
    const app = await start();
    const admin = (await login(app, '192.0.2.1', adminPassword, adminEmail)).body
      .accessToken as string;
    const body = { id: 'orders', name: 'Orders', resourceServer: true };
    const { secret } = (await app.api.post('/admin/applications', body, admin)).body;
    const introspect = (with_: string) =>
      app.api.form('/oauth/introspect', { token: 'x' }, { id: 'orders', secret: with_ });
    const statuses: number[] = [];
    for (let i = 0; i < 11; i++) statuses.push((await introspect('wrong')).status);
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
    const right = await Promise.all(Array.from({ length: 40 }, () => introspect(secret)));
    expect(new Set(right.map((answer) => answer.status))).toEqual(new Set([200]));
  });
});

it('guarded routes are not throttled', async () => {
  const app = await start();
  await register(app, '192.0.2.1', email);
  const token = (await login(app, '192.0.2.1')).body.accessToken as string;
  const answers = await Promise.all(
    Array.from({ length: 200 }, () => app.api.get('/users/me', token)),
  );
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
});
