import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Revoker } from '@portcullis/auth';
import { SessionsService } from '../../src/tokens/sessions/sessions.service.js';
import { SessionsStore } from '../../src/tokens/sessions/sessions.store.js';
import { UsersService } from '../../src/users/users.service.js';
import {
  expectEnded,
  expectRefusal,
  expectStatus,
  startAdministration,
  type Administration,
  type Person,
} from '../support/administration.js';
import { claimsOf } from '../support/jwt.js';

/** What was revoked while a request was being worked on does not leave it alive. */

const passwords = {
  currentPassword: 'a long enough passphrase',
  newPassword: 'another long passphrase',
};

describe.each(['on', 'off'])('a password change with the revocation cache %s', (cache) => {
  let office: Administration;

  beforeAll(async () => {
    office = await startAdministration({ env: { REVOCATION_CACHE: cache } });
  });
  afterAll(() => office.close());

  /** Changes the password, and `meanwhile` happens when the current one was found right. */
  async function changing(person: Person, meanwhile: () => Promise<unknown>) {
    const users = office.server.app.get(UsersService);
    const { hashNew } = users;
    users.hashNew = async (...args) => {
      users.hashNew = hashNew;
      await meanwhile();
      return users.hashNew(...args);
    };
    return office.server.api.post('/users/me/password', passwords, person.token);
  }

  it.each([
    ['suspends', (id: string) => office.post(`/users/${id}/suspend`, { reason: 'fraud' })],
    ['revokes', (id: string) => office.post(`/users/${id}/revoke`)],
    ['gives roles to', (id: string) => office.patch(`/users/${id}`, { roles: ['editor'] })],
  ])('does not go on when an operator %s the user meanwhile', async (_name, act) => {
    const person = await office.person();
    const answer = await changing(person, async () => expectStatus(200, await act(person.id)));
    expectRefusal(answer, 401, 'token_revoked');
    await expectEnded(office.server, person.token, 'token_revoked');
    const body = { email: person.email, password: passwords.newPassword };
    expect((await office.server.api.post('/auth/login', body)).status).toBe(401);
  });

  it('does not go on after another that was first', async () => {
    const person = await office.person();
    const first = { ...passwords, newPassword: 'the one that was first' };
    const answer = await changing(person, () =>
      office.server.api.post('/users/me/password', first, person.token),
    );
    expectRefusal(answer, 401, 'token_revoked');
    await office.server.api.login(person.email, first.newPassword);
  });

  it('does not bring back a session that was ended meanwhile', async () => {
    const person = await office.person();
    const answer = await changing(person, () =>
      office.server.api.post('/auth/logout', undefined, person.token),
    );
    if (answer.token !== null) await expectEnded(office.server, answer.token, 'session_revoked');
  });
});

/** How often a revoke of this node waits for all nodes from now on. */
function countWaits(revoker: Revoker): () => number {
  const acknowledgements = Reflect.get(revoker, 'acknowledgements') as {
    all: (...given: unknown[]) => unknown;
  };
  const { all } = acknowledgements;
  let count = 0;
  acknowledgements.all = (...given) => {
    count += 1;
    return all.apply(acknowledgements, given);
  };
  return () => {
    acknowledgements.all = all;
    return count;
  };
}

describe('a session that another request ends meanwhile', () => {
  let office: Administration;

  beforeAll(async () => {
    office = await startAdministration();
  });
  afterAll(() => office.close());

  const logout = (token: string) => office.server.api.post('/auth/logout', undefined, token);
  const revoke = (token: string) =>
    office.server.api.call('POST', '/oauth/revoke', {
      token,
      body: new URLSearchParams({ token }),
    });

  it.each([
    ['a log-out', logout, 204],
    ['a revoke by its token (RFC 7009)', revoke, 200],
  ])('is over for %s too', async (_name, end, status) => {
    const person = await office.person();
    expectStatus(200, await office.server.api.get('/users/me', person.token));
    const sessions = office.server.app.get(SessionsService);
    const { end: endInStore } = sessions;
    sessions.end = async (...given) => {
      sessions.end = endInStore;
      expectStatus(204, await logout(person.token));
      return sessions.end(...given);
    };
    const waits = countWaits(office.server.app.get(Revoker));
    expectStatus(status, await end(person.token));
    expect(sessions.end).toBe(endInStore);
    // What it answers holds on every node, although it has ended nothing: it waits for them too.
    expect(waits()).toBe(2);
    await expectEnded(office.server, person.token, 'session_revoked');
    const { sid } = claimsOf(person.token);
    const { entries } = (await office.get(`/audit?target=${sid}`)).body;
    const actions = entries.map((entry: { action: string }) => entry.action);
    expect(actions).toEqual(['session.end', 'session.login']);
  });
});

/** Sessions are marked as ended a while after the version was raised, and by another node's clock. */
describe.each([
  ['in the same second', 300],
  ['on a node whose clock is late', -5_000],
])('a login with the new version %s', (_name, differenceMs) => {
  let office: Administration;

  beforeEach(async () => {
    office = await startAdministration();
  });
  afterEach(() => office.close());

  it.each([
    ['a user', (id: string) => office.post(`/users/${id}/revoke`)],
    [
      'users',
      (id: string) => office.post('/users/bulk', { ids: [id], action: 'revoke', reason: 'x' }),
    ],
    ['an application', () => office.post('/applications/default/revoke', { reason: 'x' })],
    ['everybody', () => office.post('/revoke-all', { reason: 'breach' })],
  ])('is not ended by the revoke of %s', async (_of, revoke) => {
    const person = await office.person();
    const { app, clock, api } = office.server;
    clock.set(Math.ceil(clock.now() / 1000) * 1000 + 400);
    const store = app.get(SessionsStore);
    const { endAll } = store;
    let login = '';
    store.endAll = async (...args) => {
      store.endAll = endAll;
      clock.advance(differenceMs);
      login = await office.login(person);
      clock.advance(-differenceMs);
      return store.endAll(...args);
    };
    expectStatus(200, await revoke(person.id));
    await expectEnded(office.server, person.token, 'token_revoked');
    expectStatus(200, await api.get('/users/me', login));
    const { body } = await api.get('/users/me/sessions', login);
    expect(body.sessions).toHaveLength(1);
  });
});
