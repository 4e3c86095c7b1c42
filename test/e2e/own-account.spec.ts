import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../support/create-test-app.js';
import { claimsOf } from '../support/jwt.js';

/** What a user does with the own account: name, password, sessions, leaving. */

let server: TestApp;
let emails = 0;

beforeAll(async () => {
  server = await createTestApp();
});
afterAll(() => server.close());

/** A new user with so many sessions. */
async function userWith(sessions: number): Promise<{ email: string; tokens: string[] }> {
  const email = `user${String(++emails)}@example.com`;
  await server.api.register(email);
  const tokens: string[] = [];
  for (let i = 0; i < sessions; i++) tokens.push(await server.api.login(email));
  return { email, tokens };
}

async function expectEnded(token: string | undefined, code: string): Promise<void> {
  const answer = await server.api.get('/users/me', token);
  expect([answer.status, answer.body.code]).toEqual([401, code]);
  expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token"/);
  expect(answer.token).toBeNull();
}

describe('the profile', () => {
  it('is shown and renamed', async () => {
    const { email, tokens } = await userWith(1);
    expect((await server.api.get('/users/me', tokens[0])).body.user).toMatchObject({
      email,
      displayName: '',
    });
    const renamed = await server.api.patch('/users/me', { displayName: ' Zoë ' }, tokens[0]);
    expect([renamed.status, renamed.body.user.displayName]).toEqual([200, 'Zoë']);
    expect(renamed.body.user.tokenVersion).toBe(1);
    expect((await server.api.patch('/users/me', {}, tokens[0])).body.user.displayName).toBe('Zoë');
  });

  it.each([
    { roles: ['admin'] },
    { status: 'active' },
    { email: 'x@y.example' },
    { displayName: null },
  ])('takes nothing else: %j', async (body) => {
    const { tokens } = await userWith(1);
    const answer = await server.api.patch('/users/me', body, tokens[0]);
    expect([answer.status, answer.body.code]).toEqual([400, 'validation_failed']);
  });
});

describe('a change of password', () => {
  const change = (token: string | undefined, currentPassword: string, newPassword: string) =>
    server.api.post('/users/me/password', { currentPassword, newPassword }, token);

  it('ends every other session, and goes on with the token in its answer', async () => {
    const { email, tokens } = await userWith(3);
    const answer = await change(tokens[0], 'a long enough passphrase', 'another long passphrase');
    expect([answer.status, answer.body]).toEqual([204, '']);
    expect(claimsOf(answer.token)).toMatchObject({ sid: claimsOf(tokens[0] ?? '').sid, ver: 2 });
    expect((await server.api.get('/users/me', answer.token ?? '')).status).toBe(200);
    for (const old of tokens) await expectEnded(old, 'token_revoked');
    const { body } = await server.api.get('/users/me/sessions', answer.token ?? '');
    expect(body.sessions).toHaveLength(1);
    await server.api.login(email, 'another long passphrase');
    const before = await server.api.post('/auth/login', {
      email,
      password: 'a long enough passphrase',
    });
    expect(before.status).toBe(401);
  });

  it('is activity: the session is in the lists as long as its new token holds', async () => {
    const { tokens } = await userWith(1);
    server.clock.advance(9 * 60_000);
    const answer = await change(tokens[0], 'a long enough passphrase', 'another long passphrase');
    server.clock.advance(9 * 60_000);
    const passive = { 'session-activity': 'passive' };
    const { body } = await server.api.get('/users/me/sessions', answer.token ?? '', passive);
    expect(body.sessions).toMatchObject([{ current: true }]);
  });

  it('needs the current one', async () => {
    const { tokens } = await userWith(1);
    const answer = await change(tokens[0], 'not it at all', 'another long passphrase');
    expect([answer.status, answer.body.code]).toEqual([401, 'invalid_credentials']);
    expect((await server.api.get('/users/me', tokens[0])).status).toBe(200);
  });

  it('keeps to the policy', async () => {
    const { tokens } = await userWith(1);
    const answer = await change(tokens[0], 'a long enough passphrase', 'passwordpassword');
    expect([answer.status, answer.body.code]).toEqual([400, 'validation_failed']);
    expect(answer.body.errors[0].field).toBe('newPassword');
  });
});

describe('leaving', () => {
  it('by logging out ends this session only, and its answer carries no token', async () => {
    const { tokens } = await userWith(2);
    server.clock.advance(20_000);
    const slid = await server.api.get('/users/me', tokens[0]);
    const answer = await server.api.post('/auth/logout', undefined, tokens[0]);
    expect([answer.status, answer.body, answer.token]).toEqual([204, '', null]);
    await expectEnded(tokens[0], 'session_revoked');
    await expectEnded(slid.token ?? '', 'session_revoked');
    expect((await server.api.get('/users/me', tokens[1])).status).toBe(200);
  });

  it('everywhere ends this session too', async () => {
    const { email, tokens } = await userWith(3);
    const answer = await server.api.post('/auth/logout-all', undefined, tokens[1]);
    expect([answer.status, answer.token]).toEqual([204, null]);
    for (const token of tokens) await expectEnded(token, 'token_revoked');
    const back = await server.api.login(email);
    expect((await server.api.get('/users/me', back)).status).toBe(200);
  });

  it('one session from another one', async () => {
    const { tokens } = await userWith(2);
    const { body } = await server.api.get('/users/me/sessions', tokens[0]);
    expect(body.sessions).toHaveLength(2);
    const other = body.sessions.find((session: { current: boolean }) => !session.current);
    expect(Object.keys(other).sort()).toEqual([
      'application',
      'createdAt',
      'current',
      'expiresAt',
      'id',
      'ip',
      'lastSeenAt',
      'userAgent',
    ]);
    const answer = await server.api.delete(`/users/me/sessions/${String(other.id)}`, tokens[0]);
    expect(answer.status).toBe(204);
    await expectEnded(tokens[1], 'session_revoked');
    expect((await server.api.get('/users/me/sessions', tokens[0])).body.sessions).toHaveLength(1);
  });

  it('its own session from the list hands no new token out', async () => {
    const { tokens } = await userWith(1);
    server.clock.advance(20_000);
    const answer = await server.api.delete(
      `/users/me/sessions/${claimsOf(tokens[0] ?? '').sid}`,
      tokens[0],
    );
    expect([answer.status, answer.token]).toEqual([204, null]);
    await expectEnded(tokens[0], 'session_revoked');
  });

  it("somebody else's session is simply not there", async () => {
    const [mine, theirs] = [await userWith(1), await userWith(1)];
    const sid = claimsOf(theirs.tokens[0] ?? '').sid;
    const answer = await server.api.delete(`/users/me/sessions/${sid}`, mine.tokens[0]);
    expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
    expect((await server.api.get('/users/me', theirs.tokens[0])).status).toBe(200);
  });

  it('an expired session leaves the list', async () => {
    const { email, tokens } = await userWith(1);
    server.clock.set(claimsOf(tokens[0] ?? '').session_exp * 1000);
    const token = await server.api.login(email);
    expect((await server.api.get('/users/me/sessions', token)).body.sessions).toHaveLength(1);
  });
});

describe('GET /auth/verify, for reverse proxies', () => {
  it('says in headers who it is', async () => {
    const { tokens } = await userWith(1);
    const answer = await server.api.get('/auth/verify', tokens[0]);
    const { sub, sid } = claimsOf(tokens[0] ?? '');
    expect(answer.status).toBe(204);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'x-auth-subject': sub,
      'x-auth-session': sid,
      'x-auth-roles': '',
      'x-auth-application': 'default',
    });
  });

  it('lets nobody through without a token', async () => {
    expect((await server.api.get('/auth/verify')).status).toBe(401);
  });
});
