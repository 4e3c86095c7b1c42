import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../support/create-test-app.js';

/** Closed unless opened: every route of the running server, taken from its own document. */

let server: TestApp;
let routes: { method: string; path: string }[];

/** What a caller without a token may reach; anything new here is a decision to be reviewed. */
const open = [
  'GET /.well-known/jwks.json',
  'GET /.well-known/oauth-authorization-server',
  'GET /health/live',
  'GET /health/ready',
  'GET /oauth/revocations/events',
  'POST /auth/login',
  'POST /auth/register',
  'POST /oauth/introspect',
  'POST /oauth/refresh',
  'POST /oauth/revocations/poll',
  'POST /oauth/revoke',
  'POST /oauth/token-versions',
];

beforeAll(async () => {
  server = await createTestApp();
  const { body } = await server.api.get('/docs-json');
  routes = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
  );
});
afterAll(() => server.close());

describe('every route', () => {
  it('is in the document', () => {
    expect(routes.length).toBeGreaterThan(40);
  });

  it('answers 401 token_missing without a token, unless it is on the list of open ones', async () => {
    const reached: string[] = [];
    for (const { method, path } of routes) {
      const answer = await server.api.call(method, path.replace(/\{\w+\}/g, 'x'));
      if (answer.status !== 401 || answer.body.code !== 'token_missing')
        reached.push(`${method} ${path}`);
      else expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
    // Without credentials the standard endpoints answer their own 401 or a missing field.
    expect(reached.sort()).toEqual(open);
  });

  it('under /admin answers 403 to whoever is no administrator', async () => {
    await server.api.register('mia@example.com');
    const token = await server.api.login('mia@example.com');
    const admin = routes.filter(({ path }) => path.startsWith('/admin'));
    expect(admin.length).toBeGreaterThan(20);
    for (const { method, path } of admin) {
      const answer = await server.api.call(method, path.replace(/\{\w+\}/g, 'x'), { token });
      expect([method, path, answer.status, answer.body.code]).toEqual([
        method,
        path,
        403,
        'forbidden',
      ]);
    }
  });
});
