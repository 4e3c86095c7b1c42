import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createTestApp,
  adminEmail,
  adminPassword,
  issuer,
  type TestApp,
} from '../support/create-test-app.js';
import { claimsOf } from '../support/jwt.js';

/** Keys and standards: RFC 7517, RFC 8414, RFC 7662, RFC 7009, and refreshing for resource servers. */

let server: TestApp;
let service: { id: string; secret: string };
let stranger: { id: string; secret: string };
let web: { id: string; secret: string };
const email = 'mia@example.com';
const login = (): Promise<string> => server.api.login(email, undefined, 'orders-web');

beforeAll(async () => {
  server = await createTestApp();
  await server.api.register(email);
  service = await createApplication('orders-service', 'orders-service', true);
  stranger = await createApplication('billing-service', 'billing-service', true);
  web = await createApplication('orders-web', 'orders-service', false);
});
afterAll(() => server.close());

async function createApplication(id: string, audience: string, resourceServer: boolean) {
  const admin = await server.api.login(adminEmail, adminPassword);
  const policy = { accessTokenTtl: 600, refreshAfter: 10, sessionTtl: 28_800, warnBefore: 120 };
  const body = {
    id,
    name: id,
    audience,
    allowedOrigins: [],
    resourceServer,
    enabled: true,
    ...policy,
  };
  const answer = await server.api.post('/admin/applications', body, admin);
  expect(answer.status).toBe(201);
  return { id, secret: answer.body.secret as string };
}

describe('GET /.well-known/jwks.json', () => {
  it('publishes the key that signs and the one that will, public parts only', async () => {
    const { status, headers, body } = await server.api.get('/.well-known/jwks.json');
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('public, max-age=300');
    expect(body.keys).toHaveLength(2);
    for (const key of body.keys) {
      expect(key).toEqual({
        kty: 'EC',
        crv: 'P-256',
        x: expect.any(String),
        y: expect.any(String),
        kid: expect.any(String),
        use: 'sig',
        alg: 'ES256',
      });
    }
  });
});

describe('GET /.well-known/oauth-authorization-server', () => {
  it('lists what exists and nothing else', async () => {
    const { body } = await server.api.get('/.well-known/oauth-authorization-server');
    expect(body).toMatchObject({
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      introspection_endpoint: `${issuer}/oauth/introspect`,
      revocation_endpoint: `${issuer}/oauth/revoke`,
    });
    expect(body).not.toHaveProperty('token_endpoint');
    expect(body).not.toHaveProperty('authorization_endpoint');
  });
});

describe('POST /oauth/introspect', () => {
  it('says all the claims of a good token to the service it is meant for', async () => {
    const token = await login();
    const { status, headers, body } = await server.api.form(
      '/oauth/introspect',
      { token },
      service,
    );
    expect(status).toBe(200);
    expect(body).toEqual({ active: true, token_type: 'Bearer', ...claimsOf(token) });
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('and to the application it was issued to', async () => {
    const { body } = await server.api.form('/oauth/introspect', { token: await login() }, web);
    expect(body.active).toBe(true);
  });

  it.each([
    ['a token for somebody else', async () => login(), () => stranger],
    ['no token at all', () => Promise.resolve('abc'), () => service],
    ['an ended session', async () => endedToken(), () => service],
    ['an expired token', async () => expiredToken(), () => service],
  ])('says only "inactive" of %s', async (_name, makeToken, caller) => {
    const { status, body } = await server.api.form(
      '/oauth/introspect',
      { token: await makeToken() },
      caller(),
    );
    expect([status, body]).toEqual([200, { active: false }]);
  });

  it.each([
    ['nobody', undefined],
    ['a wrong secret', { id: 'orders-service', secret: 'wrong' }],
    ['an unknown application', { id: 'nobody', secret: 'wrong' }],
  ])('answers %s with a Basic challenge', async (_name, caller) => {
    const answer = await server.api.form('/oauth/introspect', { token: 'x' }, caller);
    expect([answer.status, answer.body.code]).toEqual([401, 'invalid_credentials']);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm="portcullis"/);
  });

  it('needs the token in a form', async () => {
    const authorization = `Basic ${Buffer.from(`${service.id}:${service.secret}`).toString('base64')}`;
    const none = await server.api.form('/oauth/introspect', {}, service);
    expect([none.status, none.body.code]).toEqual([400, 'validation_failed']);
    const json = await server.api.call('POST', '/oauth/introspect', {
      body: new URLSearchParams({ token: 'a' }).toString(),
      headers: { authorization, 'content-type': 'text/plain' },
    });
    expect([json.status, json.body.code]).toEqual([415, 'unsupported_media_type']);
  });
});

async function endedToken(): Promise<string> {
  const token = await login();
  await server.api.post('/auth/logout', undefined, token);
  return token;
}

async function expiredToken(): Promise<string> {
  const token = await login();
  server.clock.advance(600_000);
  return token;
}

describe('POST /oauth/refresh', () => {
  it('slides the session for a service that was shown its token', async () => {
    const token = await login();
    server.clock.advance(10_000);
    const { status, body } = await server.api.form('/oauth/refresh', { token }, service);
    expect([status, body.token_type, body.expires_in]).toEqual([200, 'Bearer', 600]);
    expect(claimsOf(body.access_token).exp).toBe(claimsOf(token).exp + 10);
    expect((await server.api.get('/users/me', body.access_token)).status).toBe(200);
  });

  it('gives a fresh token back as it is', async () => {
    const token = await login();
    expect((await server.api.form('/oauth/refresh', { token }, service)).body.access_token).toBe(
      token,
    );
  });

  it.each([
    ['an ended session', endedToken, () => service, 'session_revoked'],
    ['an expired token', expiredToken, () => service, 'token_expired'],
    ['no token of ours', () => Promise.resolve('abc'), () => service, 'token_invalid'],
    ['a token for somebody else', login, () => stranger, 'token_invalid'],
    ['a caller that is no resource server', login, () => web, 'token_invalid'],
  ])('refuses %s', async (_name, makeToken, caller, code) => {
    const answer = await server.api.form('/oauth/refresh', { token: await makeToken() }, caller());
    expect([answer.status, answer.body.code]).toEqual([401, code]);
  });
});

describe('POST /oauth/revoke', () => {
  it('ends the session of a token for the application it was issued to', async () => {
    const token = await login();
    const answer = await server.api.form(
      '/oauth/revoke',
      { token, token_type_hint: 'access_token' },
      web,
    );
    expect([answer.status, answer.body]).toEqual([200, '']);
    expect((await server.api.get('/users/me', token)).body.code).toBe('session_revoked');
  });

  it('and for whoever holds the token itself', async () => {
    const token = await login();
    const answer = await server.api.call('POST', '/oauth/revoke', {
      token,
      body: new URLSearchParams({ token }),
    });
    expect(answer.status).toBe(200);
    expect((await server.api.get('/users/me', token)).body.code).toBe('session_revoked');
  });

  it("answers 200 for a token that is not the caller's, and leaves it alone", async () => {
    const token = await login();
    expect((await server.api.form('/oauth/revoke', { token }, stranger)).status).toBe(200);
    expect((await server.api.form('/oauth/revoke', { token: 'abc' }, web)).status).toBe(200);
    expect((await server.api.get('/users/me', token)).status).toBe(200);
  });

  it('is not to be had with one token for another', async () => {
    const [mine, other] = [await login(), await login()];
    const answer = await server.api.call('POST', '/oauth/revoke', {
      token: mine,
      body: new URLSearchParams({ token: other }),
    });
    expect(answer.status).toBe(401);
    expect((await server.api.get('/users/me', other)).status).toBe(200);
  });
});
