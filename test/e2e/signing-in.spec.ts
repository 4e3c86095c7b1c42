import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, issuer, type TestApp } from '../support/create-test-app.js';
import { claimsOf } from '../support/jwt.js';

/** Registering and logging in, as a single-page application does it. */

let server: TestApp;
const password = 'a long enough passphrase';

beforeAll(async () => {
  server = await createTestApp();
});
afterAll(() => server.close());

const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

describe('POST /auth/register', () => {
  it('makes an account and shows nothing of its password', async () => {
    const answer = await server.api.post('/auth/register', {
      email: 'Mia@Example.com',
      password,
      displayName: 'Mia',
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      user: {
        id: expect.stringMatching(/^[A-Za-z0-9]{24}$/),
        email: 'Mia@Example.com',
        displayName: 'Mia',
        status: 'active',
        roles: [],
        tokenVersion: 1,
        createdAt: iso,
        updatedAt: iso,
      },
    });
    expect(answer.token).toBeNull();
  });

  it.each(['mia@example.com', ' MIA@EXAMPLE.COM'.trim()])(
    'knows %s as the same address',
    async (email) => {
      const { status, body } = await server.api.post('/auth/register', { email, password });
      expect([status, body.code]).toEqual([409, 'email_taken']);
    },
  );

  it.each([
    ['no body', undefined, ['email', 'password']],
    ['no address', { password }, ['email']],
    ['a number for an address', { email: 1, password }, ['email']],
    ['an operator for an address', { email: { $ne: null }, password }, ['email']],
    ['a list for an address', { email: ['a@b.example'], password }, ['email']],
    ['no address at all', { email: 'mia', password }, ['email']],
    ['255 characters', { email: `${'a'.repeat(64)}@${'b'.repeat(187)}.de`, password }, ['email']],
    ['a short password', { email: 'a@b.example', password: 'eleven char' }, ['password']],
    ['a common password', { email: 'a@b.example', password: 'passwordpassword' }, ['password']],
    [
      '129 characters',
      { email: 'a@b.example', password: 'kx9#mqRt'.repeat(17).slice(0, 129) },
      ['password'],
    ],
    ['a list of passwords', { email: 'a@b.example', password: [password] }, ['password']],
    ['null for a name', { email: 'a@b.example', password, displayName: null }, ['displayName']],
    [
      'a line break in a name',
      { email: 'a@b.example', password, displayName: 'a\nb' },
      ['displayName'],
    ],
    [
      '101 characters of name',
      { email: 'a@b.example', password, displayName: 'a'.repeat(101) },
      ['displayName'],
    ],
    ['roles of the caller', { email: 'a@b.example', password, roles: ['admin'] }, ['roles']],
    ['a version', { email: 'a@b.example', password, tokenVersion: 9 }, ['tokenVersion']],
  ])('refuses %s, by the name of the field', async (_name, body, fields) => {
    const answer = await server.api.post('/auth/register', body);
    expect([answer.status, answer.body.code]).toEqual([400, 'validation_failed']);
    const named = (answer.body.errors as { field: string }[]).map((error) => error.field);
    expect([...new Set(named)].sort()).toEqual(fields);
  });
});

describe('POST /auth/login', () => {
  it('answers the token in the body and in the header, and what the page needs to know', async () => {
    const answer = await server.api.post('/auth/login', { email: 'mia@example.com', password });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      accessToken: answer.token,
      tokenType: 'Bearer',
      expiresIn: 600,
      session: {
        id: expect.any(String),
        application: 'default',
        createdAt: iso,
        expiresAt: iso,
        idleExpiresAt: iso,
        warnBefore: 120,
      },
      user: expect.objectContaining({ email: 'Mia@Example.com' }),
    });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { createdAt, expiresAt, idleExpiresAt } = answer.body.session;
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(28_800_000);
    expect(Date.parse(idleExpiresAt) - Date.parse(createdAt)).toBe(600_000);
  });

  it('puts exactly the claims of the contract into the token', async () => {
    const token = await server.api.login('mia@example.com');
    const now = Math.floor(server.clock.now() / 1000);
    expect(claimsOf(token)).toEqual({
      iss: issuer,
      sub: expect.any(String),
      aud: ['default', issuer],
      client_id: 'default',
      iat: now,
      exp: now + 600,
      auth_time: now,
      session_exp: now + 28_800,
      sid: expect.any(String),
      jti: expect.any(String),
      ver: 1,
      client_ver: 1,
      issuer_ver: 1,
      roles: [],
    });
    const header = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
    expect(header).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: expect.any(String) });
  });

  it('never gives two logins the same session', async () => {
    const tokens = await Promise.all([1, 2, 3].map(() => server.api.login('mia@example.com')));
    expect(new Set(tokens.map((token) => claimsOf(token).sid)).size).toBe(3);
  });

  it('tells an unknown address and a wrong password apart by nothing', async () => {
    const wrong = await server.api.post('/auth/login', {
      email: 'mia@example.com',
      password: 'not it at all',
    });
    const unknown = await server.api.post('/auth/login', { email: 'nobody@example.com', password });
    expect(wrong.status).toBe(401);
    expect(wrong.body.code).toBe('invalid_credentials');
    expect(unknown.body).toEqual(wrong.body);
    const names = (answer: typeof wrong): string[] => [...answer.headers.keys()].sort();
    expect(names(unknown)).toEqual(names(wrong));
  });

  it.each([' a long enough passphrase', 'A long enough passphrase', 'a long enough passphrase '])(
    'compares passwords as received: "%s" is another one',
    async (other) => {
      const { status } = await server.api.post('/auth/login', {
        email: 'mia@example.com',
        password: other,
      });
      expect(status).toBe(401);
    },
  );

  it.each([
    ['an unknown application', { application: 'nowhere' }],
    ['an operator', { application: { $gt: '' } }],
    ['an application that is no id', { application: 'a b' }],
  ])('refuses %s by the name of the field', async (_name, extra) => {
    const answer = await server.api.post('/auth/login', {
      email: 'mia@example.com',
      password,
      ...extra,
    });
    expect([answer.status, answer.body.code]).toEqual([400, 'validation_failed']);
    expect(answer.body.errors[0].field).toBe('application');
  });

  it.each([
    { email: { $gt: '' }, password },
    { email: 'mia@example.com', password: { $gt: '' } },
  ])('takes no operator for a credential: %j', async (body) => {
    const answer = await server.api.post('/auth/login', body);
    expect([answer.status, answer.body.code]).toEqual([400, 'validation_failed']);
  });

  it('leaves no password and no token in the log', () => {
    const log = server.log.join('\n');
    expect(log).toContain('/auth/login');
    expect(log).not.toContain(password);
    expect(log).not.toMatch(/eyJ/);
    expect(log).not.toContain('argon2id');
  });
});
