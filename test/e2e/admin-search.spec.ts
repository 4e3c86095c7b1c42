// One box for whatever is at hand; and what the lists say of each row.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  expectRefusal,
  expectStatus,
  startAdministration,
  type Administration,
  type Person,
} from '../support/administration.js';
import { claimsOf } from '../support/jwt.js';

let admin: Administration;
let zoe: Person;
let ada: Person;
beforeAll(async () => {
  admin = await startAdministration();
  zoe = await admin.person({ displayName: 'Zoë King-Smith', roles: ['editor'] });
  ada = await admin.person({ displayName: 'Ada Lovelace' });
});
afterAll(() => admin.close());

async function found(query: string): Promise<string[]> {
  const { body } = expectStatus(200, await admin.get(`/users?${query}`));
  expect(body.total).toBe(body.users.length);
  return body.users.map(({ id }: Person) => id);
}

describe('a search for users', () => {
  it.each<[string, () => string]>([
    ['an address', () => zoe.email.toUpperCase()],
    ['a part of one, from the beginning of a word', () => zoe.email.slice(6)],
    ['a word of the name', () => 'smith'],
    ['the beginning of one', () => 'ZO'],
    ['two words, in any order', () => 'smith zoë'],
    ['the id of the user', () => zoe.id],
    ['the id of a session', () => claimsOf(zoe.token).sid as string],
    ['the jti of a token', () => claimsOf(zoe.token).jti as string],
  ])('by %s finds the user', async (_name, search) => {
    expect(await found(`search=${encodeURIComponent(search())}`)).toEqual([zoe.id]);
  });

  it('by the jti of a token that has slid since finds the user too', async () => {
    const first = await admin.login(ada);
    admin.server.clock.advance(20_000);
    const { token } = await admin.server.api.get('/users/me', first);
    const [jti, later] = [claimsOf(first).jti as string, claimsOf(token).jti as string];
    expect(jti).not.toBe(later);
    expect(jti).toHaveLength(24);
    for (const one of [jti, later]) expect(await found(`search=${one}`)).toEqual([ada.id]);
  });

  it('by an address of the network finds whoever came from there', async () => {
    expect((await found('search=127.0.0.1')).toSorted()).toEqual(
      [admin.adminId, zoe.id, ada.id].toSorted(),
    );
    expect(await found('search=127.0.0.1&role=editor')).toEqual([zoe.id]);
    expect(await found('search=192.0.2.1')).toEqual([]);
  });

  it('adds up with the other filters', async () => {
    expect(await found('search=example&status=active&role=editor&sort=-email')).toEqual([zoe.id]);
    expect(await found('search=king&status=suspended')).toEqual([]);
    expect(await found(`search=${zoe.id}&role=admin`)).toEqual([]);
  });

  it.each(['mith', 'ing', 'xample', '%', '.*', 'zo king nobody'])(
    'by %s finds nobody',
    async (search) => {
      expect(await found(`search=${encodeURIComponent(search)}`)).toEqual([]);
    },
  );
});

describe('a row', () => {
  it('of a user says how many sessions are live, and when he was last seen', async () => {
    const mia = await admin.person();
    await admin.login(mia);
    const row = async (): Promise<object> =>
      (await admin.get(`/users?search=${mia.id}`)).body.users[0];
    expect(await row()).toMatchObject({ liveSessions: 2, lastSeenAt: expect.any(String) });
    expectStatus(200, await admin.post(`/users/${mia.id}/suspend`, { reason: 'x' }));
    expect(await row()).toMatchObject({ liveSessions: 0, lastSeenAt: expect.any(String) });
    const body = { email: 'new@example.com', password: 'a long enough passphrase' };
    const { user } = (await admin.post('/users', body)).body;
    expect((await admin.get(`/users/${user.id}`)).body.user).toMatchObject({
      liveSessions: 0,
      lastSeenAt: null,
    });
  });

  it('of an application says how many sessions are live', async () => {
    expectStatus(201, await admin.post('/applications', { id: 'shop', name: 'Shop' }));
    const mia = await admin.person({ application: 'shop' });
    await admin.login(mia, 'shop');
    await admin.server.api.post('/auth/logout', undefined, mia.token);
    const { applications } = (await admin.get('/applications')).body;
    const shop = applications.find(({ id }: { id: string }) => id === 'shop');
    expect(shop.liveSessions).toBe(1);
    expect((await admin.get('/applications/shop')).body.application).toEqual(shop);
  });

  it('of a key says how many sessions would end with it', async () => {
    const sessionsBy = async (): Promise<Record<string, number>> =>
      Object.fromEntries(
        (await admin.get('/keys')).body.keys.map(
          ({ state, liveSessions }: { state: string; liveSessions: number }) => [
            state,
            liveSessions,
          ],
        ),
      );
    const before = await sessionsBy();
    expect(before).toEqual({ active: expect.any(Number), next: 0 });
    admin.server.clock.advance(30_000);
    expectStatus(200, await admin.post('/keys/rotate', {}));
    admin.server.clock.advance(1_000);
    const mia = await admin.person();
    const after = await sessionsBy();
    // She, and the administrator who was seen since.
    expect(after).toMatchObject({ active: 2, retiring: before['active']! - 1 });
    await admin.server.api.post('/auth/logout', undefined, mia.token);
    expect(await sessionsBy()).toMatchObject({ active: 1 });
  });
});

describe('the list of sessions', () => {
  it('is last seen first, and by creation when it is asked for', async () => {
    const people = [await admin.person()];
    admin.server.clock.advance(1_000);
    people.push(await admin.person());
    admin.server.clock.advance(60_000);
    await admin.server.api.get('/users/me', people[0]!.token);
    const ownersOf = async (query: string): Promise<string[]> =>
      (await admin.get(`/sessions?live=true&limit=3${query}`)).body.sessions
        .map(({ userId }: { userId: string }) => userId)
        .filter((id: string) => id !== admin.adminId);
    expect((await ownersOf(''))[0]).toBe(people[0]!.id);
    expect((await ownersOf('&sort=-createdAt'))[0]).toBe(people[1]!.id);
    expectRefusal(await admin.get('/sessions?sort=ip'), 400, 'validation_failed');
    expectRefusal(await admin.get('/sessions?state=open'), 400, 'validation_failed');
  });

  it('shows each state, with who ended it and why', async () => {
    const mia = await admin.person();
    const second = await admin.login(mia);
    const sid = claimsOf(second).sid as string;
    expectStatus(200, await admin.remove(`/sessions/${sid}`, { reason: 'lost phone' }));
    const list = async (state: string): Promise<{ id: string; state: string; end: unknown }[]> =>
      (await admin.get(`/sessions?user=${mia.id}&state=${state}`)).body.sessions;
    expect(await list('ended')).toMatchObject([
      { id: sid, state: 'ended', end: { reason: 'lost phone', by: admin.adminId } },
    ]);
    expect(await list('live')).toMatchObject([{ state: 'live', end: null }]);
    expect(await list('expired')).toEqual([]);
  });
});
