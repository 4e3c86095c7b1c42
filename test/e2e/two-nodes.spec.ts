import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  createTestApp,
  adminEmail,
  adminPassword,
  type TestApp,
} from '../support/create-test-app.js';
import { claimsOf } from '../support/jwt.js';
import { describeWithMongo } from '../support/services/describe-with.js';
import { randomMongoUri } from '../support/random-mongo-uri.js';

/** Two nodes on one database (and one Redis, where there is one): what one ends, the other refuses. */

describeWithMongo('two nodes', () => {
  let one: TestApp;
  let other: TestApp;
  let drop: () => Promise<void>;
  let users = 0;

  beforeAll(async () => {
    const database = randomMongoUri();
    drop = database.drop;
    const redis = process.env['TEST_REDIS_URL'];
    const env = {
      MONGODB_URI: database.uri,
      KEYS_SECRET: 'k'.repeat(32),
      ...(redis && { REDIS_URL: redis }),
    };
    // At the same moment: they must agree on one set of keys, one administrator, one application.
    [one, other] = await Promise.all([createTestApp({ env }), createTestApp({ env })]);
  });
  afterAll(async () => {
    await Promise.all([one.close(), other.close()]);
    await drop();
  });

  async function signedIn(): Promise<{ id: string; email: string; token: string }> {
    const email = `user${String(++users)}@example.com`;
    const id = await one.api.register(email);
    return { id, email, token: await one.api.login(email) };
  }

  it('publish the same keys and have one administrator', async () => {
    const [mine, theirs] = await Promise.all([
      one.api.get('/.well-known/jwks.json'),
      other.api.get('/.well-known/jwks.json'),
    ]);
    expect(theirs.body).toEqual(mine.body);
    const admin = await other.api.login(adminEmail, adminPassword);
    const { body } = await one.api.get('/admin/users?role=admin', admin);
    expect(body.total).toBe(1);
  });

  it('take and slide the tokens of each other', async () => {
    const { token } = await signedIn();
    other.clock.advance(20_000);
    one.clock.advance(20_000);
    const answer = await other.api.get('/users/me', token);
    expect(answer.status).toBe(200);
    expect((await one.api.get('/users/me', answer.token ?? '')).status).toBe(200);
  });

  it.each([
    [
      'suspended',
      (admin: string, id: string) =>
        one.api.post(`/admin/users/${id}/suspend`, { reason: 'fraud' }, admin),
      'token_revoked',
    ],
    [
      'signed out by an administrator',
      (admin: string, id: string) => one.api.post(`/admin/users/${id}/revoke`, {}, admin),
      'token_revoked',
    ],
    [
      'deleted',
      (admin: string, id: string) => one.api.delete(`/admin/users/${id}`, admin, {}),
      'token_revoked',
    ],
    [
      'given another role',
      (admin: string, id: string) =>
        one.api.patch(`/admin/users/${id}`, { roles: ['editor'] }, admin),
      'token_revoked',
    ],
  ])(
    'a user %s on one is refused on the other by the very next request',
    async (_name, act, code) => {
      const admin = await one.api.login(adminEmail, adminPassword);
      const { id, token } = await signedIn();
      expect((await other.api.get('/users/me', token)).status).toBe(200);
      expect((await act(admin, id)).status).toBe(200);
      const answer = await other.api.get('/users/me', token);
      expect([answer.status, answer.body.code]).toEqual([401, code]);
    },
  );

  it('a session that logs out on one is over on the other', async () => {
    const { token } = await signedIn();
    await one.api.post('/auth/logout', undefined, token);
    expect((await other.api.get('/users/me', token)).body.code).toBe('session_revoked');
  });

  it('a key revoked on one is refused on the other, which signs with the next one', async () => {
    const admin = await one.api.login(adminEmail, adminPassword);
    const { email, token } = await signedIn();
    const kid = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())
      .kid as string;
    expect(
      (await one.api.post(`/admin/keys/${kid}/revoke`, { reason: 'leaked' }, admin)).status,
    ).toBe(200);
    expect((await other.api.get('/users/me', token)).body.code).toBe('token_revoked');
    const back = await other.api.login(email);
    expect((await one.api.get('/users/me', back)).status).toBe(200);
  });

  it('a rotation on one is followed on the other without a refused token', async () => {
    const admin = await one.api.login(adminEmail, adminPassword);
    const { email, token } = await signedIn();
    expect((await one.api.post('/admin/keys/rotate', undefined, admin)).status).toBe(200);
    const fresh = await one.api.login(email);
    expect((await other.api.get('/users/me', fresh)).status).toBe(200);
    expect((await other.api.get('/users/me', token)).status).toBe(200);
  });

  it('everybody is signed out on both', async () => {
    const admin = await one.api.login(adminEmail, adminPassword);
    const { token } = await signedIn();
    expect((await one.api.post('/admin/revoke-all', { reason: 'breach' }, admin)).status).toBe(200);
    for (const node of [one, other]) {
      expect((await node.api.get('/users/me', token)).body.code).toBe('token_revoked');
      expect((await node.api.get('/users/me', admin)).body.code).toBe('token_revoked');
    }
  });

  it('an address can be registered once, whichever node hears of it', async () => {
    const body = { email: 'twice@example.com', password: 'a long enough passphrase' };
    const register = async (node: TestApp): Promise<number> =>
      (await node.api.post('/auth/register', body)).status;
    const answers = await Promise.all([one, other, one, other].map(register));
    // FerretDB 2.7 deadlocks inserts of one unique value, and gives some up: 503, to be repeated.
    for (const [i, status] of answers.entries()) {
      if (status === 503) answers[i] = await register(i % 2 === 0 ? one : other);
    }
    expect(answers.sort()).toEqual([201, 409, 409, 409]);
  });

  it('a session keeps its identity from node to node', async () => {
    const { token } = await signedIn();
    one.clock.advance(20_000);
    other.clock.advance(20_000);
    const slid = (await other.api.get('/users/me', token)).token;
    expect(claimsOf(slid)).toMatchObject({ sid: claimsOf(token).sid, ver: claimsOf(token).ver });
  });
});
