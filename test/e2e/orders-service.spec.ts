import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AppModule } from '../../examples/orders-service/src/app.module.js';
import { ApiClient } from '../support/api-client.js';
import {
  createTestApp,
  adminEmail,
  adminPassword,
  type TestApp,
} from '../support/create-test-app.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { claimsOf } from '../support/jwt.js';

/** A second service that trusts the server's tokens: it has no key, no database, only its own secret. */

let server: TestApp;
let orders: NestFastifyApplication;
let api: ApiClient;
let admin: string;
let issuer: string;
let users = 0;

beforeAll(async () => {
  const port = await freePort();
  issuer = `http://127.0.0.1:${String(port)}`;
  server = await createTestApp({
    env: { PORT: String(port), ISSUER_URL: issuer, REVOCATION_LEASE: '1' },
  });
  // The service has the real time, so the server must have it too.
  server.clock.set(Date.now());
  admin = await server.api.login(adminEmail, adminPassword);
  const secret = await createApplication('orders-service', 'orders-service', true);
  await createApplication('orders-web', 'orders-service', false);
  orders = await startOrders('orders-service', secret);
  api = new ApiClient(await orders.getUrl());
});
afterAll(async () => {
  await orders.close();
  await server.close();
});

async function createApplication(
  id: string,
  audience: string,
  resourceServer: boolean,
): Promise<string> {
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
  return (await server.api.post('/admin/applications', body, admin)).body.secret as string;
}

async function startOrders(id: string, secret: string): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot({ issuer, client: { id, secret }, requestTimeoutMs: 1000 }),
    new FastifyAdapter(),
    { logger: false },
  );
  await app.listen(0, '127.0.0.1');
  return app;
}

async function signedIn(application = 'orders-web'): Promise<{ id: string; token: string }> {
  const email = `user${String(++users)}@example.com`;
  const id = await server.api.register(email);
  return { id, token: await server.api.login(email, undefined, application) };
}

describe('the orders service', () => {
  it('knows who calls, and keeps what is theirs', async () => {
    const [mia, tom] = [await signedIn(), await signedIn()];
    const made = await api.post('/orders', { item: 'a drawbridge' }, mia.token);
    expect([made.status, made.body.order.item]).toEqual([201, 'a drawbridge']);
    expect((await api.get('/orders', mia.token)).body.orders).toHaveLength(1);
    expect((await api.get(`/orders/${String(made.body.order.id)}`, tom.token)).status).toBe(404);
  });

  it.each(['/orders', '/orders/1'])('is closed without a token: %s', async (path) => {
    const answer = await api.get(path);
    expect([answer.status, answer.body.code]).toEqual([401, 'token_missing']);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  it('refuses a token that is meant for another service', async () => {
    const { token } = await signedIn('default');
    expect((await api.get('/orders', token)).body.code).toBe('token_invalid');
  });

  it('answers with the slid token, signed by the server', async () => {
    const { token } = await signedIn();
    expect((await api.get('/orders', token)).token).toBe(token);
    const old = server.clock.now();
    // A token that is already old by the real time: the server lived twenty seconds in the past.
    server.clock.set(old - 20_000);
    const aged = (await signedIn()).token;
    server.clock.set(Date.now());
    const answer = await api.get('/orders', aged);
    expect(answer.status).toBe(200);
    expect(claimsOf(answer.token).exp).toBeGreaterThan(claimsOf(aged).exp);
    expect(claimsOf(answer.token).sid).toBe(claimsOf(aged).sid);
    expect((await server.api.get('/users/me', answer.token ?? '')).status).toBe(200);
  });

  it('refuses a suspended user by the very next request, and is named in the answer', async () => {
    const { id, token } = await signedIn();
    expect((await api.get('/orders', token)).status).toBe(200);
    const suspended = await server.api.post(`/admin/users/${id}/suspend`, { reason: 'f' }, admin);
    expect(suspended.body.revocation.nodes).toContainEqual({
      id: expect.stringMatching(/^orders-service\//),
      kind: 'service',
      acknowledgedAfterMs: expect.any(Number),
    });
    const answer = await api.get('/orders', token);
    expect([answer.status, answer.body.code, answer.token]).toEqual([401, 'token_revoked', null]);
  });

  it('answers 503, and lets nobody in, when its secret is no longer good', async () => {
    const { token } = await signedIn();
    const stranger = await startOrders('orders-service', 'not the secret');
    const answer = await new ApiClient(await stranger.getUrl()).get('/orders', token);
    expect([answer.status, answer.body.code]).toEqual([503, 'unavailable']);
    expect(answer.headers.get('retry-after')).toBe('1');
    await stranger.close();
  });
});

describe('without the server', () => {
  it('goes on from memory until its lease is over, then answers 503 and lets nobody in', async () => {
    const { token } = await signedIn();
    const never = (await signedIn()).token;
    expect((await api.get('/orders', token)).status).toBe(200);
    await server.app.close();
    expect((await api.get('/orders', token)).status).toBe(200);
    // Whom it has not seen it cannot look up.
    expect((await api.get('/orders', never)).status).toBe(503);
    await eventually(async () => {
      const answer = await api.get('/orders', token);
      expect([answer.status, answer.body.code]).toEqual([503, 'unavailable']);
    });
  });
});
