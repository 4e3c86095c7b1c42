import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../support/create-test-app.js';
import { claimsOf } from '../support/jwt.js';

/** A session that slides while its user is active, and ends when nobody is there or its time is up. */

let server: TestApp;
let token: string;
const email = 'mia@example.com';

beforeAll(async () => {
  server = await createTestApp();
  await server.api.register(email);
});
afterAll(() => server.close());
beforeEach(async () => {
  token = await server.api.login(email);
});

const seconds = (count: number): void => {
  server.clock.advance(count * 1000);
};

describe('the slide', () => {
  it('hands the same token back while it is fresh', async () => {
    seconds(9.999);
    const answer = await server.api.get('/users/me', token);
    expect(answer.token).toBe(token);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('hands a new one out once the old one is ten seconds old, with all it says but its times', async () => {
    seconds(10);
    const { token: next } = await server.api.get('/users/me', token);
    const { iat, exp, jti, ...same } = claimsOf(token);
    expect(claimsOf(next)).toEqual({
      ...same,
      iat: iat + 10,
      exp: exp + 10,
      jti: expect.any(String),
    });
    expect(claimsOf(next).jti).not.toBe(jti);
  });

  it('gives every answer of the session its freshest token, whichever one asked', async () => {
    seconds(10);
    const { token: next } = await server.api.get('/users/me', token);
    seconds(5);
    expect((await server.api.get('/users/me', token)).token).toBe(next);
    expect((await server.api.get('/users/me', next ?? '')).token).toBe(next);
  });

  it('signs once for fifty requests at once', async () => {
    seconds(11);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => server.api.get('/users/me', token)),
    );
    expect(new Set(answers.map((answer) => answer.token)).size).toBe(1);
  });

  it('keeps whoever comes back in time signed in until the absolute end, and not a moment longer', async () => {
    const end = claimsOf(token).session_exp * 1000;
    let current = token;
    while (server.clock.now() + 599_000 < end) {
      seconds(599);
      const answer = await server.api.get('/users/me', current);
      expect(answer.status).toBe(200);
      current = answer.token ?? '';
      expect(claimsOf(current).exp).toBeLessThanOrEqual(claimsOf(token).session_exp);
    }
    server.clock.set(end - 1);
    expect((await server.api.get('/users/me', current)).status).toBe(200);
    server.clock.set(end);
    const late = await server.api.get('/users/me', current);
    expect([late.status, late.body.code]).toEqual([401, 'token_expired']);
  });

  it('ends the session of whoever was away for the lifetime of a token', async () => {
    server.clock.set(claimsOf(token).exp * 1000 - 1);
    expect((await server.api.get('/users/me', token)).status).toBe(200);
    seconds(0.001);
    const answer = await server.api.get('/users/me', token);
    expect([answer.status, answer.body.code]).toEqual([401, 'token_expired']);
    expect(answer.headers.get('www-authenticate')).toMatch(
      /^Bearer error="invalid_token", error_description="/,
    );
  });

  // A proxy may send a header twice.
  it.each(['passive', 'Passive', ' passive ', 'passive, passive'])(
    'does not slide for a poll (Session-Activity: %s)',
    async (activity) => {
      seconds(20);
      const answer = await server.api.get('/users/me', token, { 'session-activity': activity });
      expect([answer.status, answer.token]).toEqual([200, null]);
    },
  );

  it('signs a page out that only polls, on time', async () => {
    for (let elapsed = 0; elapsed < 595; elapsed += 5) {
      seconds(5);
      const poll = await server.api.get('/auth/session', token, { 'session-activity': 'passive' });
      expect(poll.status).toBe(200);
    }
    seconds(5);
    const last = await server.api.get('/auth/session', token, { 'session-activity': 'passive' });
    expect(last.status).toBe(401);
  });

  it.each([
    ['an error of validation', 'PATCH', '/users/me', { displayName: 1 }, 400],
    ['something that is not there', 'DELETE', '/users/me/sessions/nope', undefined, 404],
    ['a missing role', 'GET', '/admin/users', undefined, 403],
  ])('hands no token out with %s', async (_name, method, path, body, status) => {
    seconds(20);
    const answer = await server.api.call(method, path, { token, body });
    expect([answer.status, answer.token]).toEqual([status, null]);
  });
});

describe('GET /auth/session', () => {
  it('says how long there is, counted from the token that its own answer carries', async () => {
    seconds(30);
    const { body, token: next } = await server.api.get('/auth/session', token);
    expect(Date.parse(body.session.idleExpiresAt)).toBe(claimsOf(next).exp * 1000);
    expect(Date.parse(body.session.expiresAt)).toBe(claimsOf(token).session_exp * 1000);
    expect(body.user.email).toBe(email);
  });

  it('is a peek when it is passive', async () => {
    seconds(30);
    const { body } = await server.api.get('/auth/session', token, {
      'session-activity': 'passive',
    });
    expect(Date.parse(body.session.idleExpiresAt)).toBe(claimsOf(token).exp * 1000);
    expect(body.expiresIn).toBe(570);
  });

  it('never says more time than there is', async () => {
    server.clock.advance(30_001);
    const peek = { 'session-activity': 'passive' };
    expect((await server.api.get('/auth/session', token, peek)).body.expiresIn).toBe(569);
  });
});

describe('POST /auth/session/extend', () => {
  it('gives a new token whatever the age of the old one', async () => {
    seconds(1);
    const answer = await server.api.post('/auth/session/extend', undefined, token);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      accessToken: answer.token,
      tokenType: 'Bearer',
      expiresIn: 600,
      session: expect.objectContaining({ id: claimsOf(token).sid, warnBefore: 120 }),
    });
    expect(claimsOf(answer.token).exp).toBe(claimsOf(token).exp + 1);
  });

  it('cannot be passive', async () => {
    const answer = await server.api.call('POST', '/auth/session/extend', {
      token,
      headers: { 'session-activity': 'passive' },
    });
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_request']);
  });

  it('stops at the absolute end', async () => {
    const end = claimsOf(token).session_exp;
    let current = token;
    while (claimsOf(current).exp < end) {
      server.clock.set(claimsOf(current).exp * 1000 - 1);
      current = (await server.api.post('/auth/session/extend', undefined, current)).body
        .accessToken;
    }
    expect(claimsOf(current).exp).toBe(end);
    const again = await server.api.post('/auth/session/extend', undefined, current);
    expect(again.body.expiresIn).toBeLessThan(600);
    expect(claimsOf(again.token).exp).toBe(end);
  });
});
