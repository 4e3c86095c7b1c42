// What an application calls, and what it is told.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { PortcullisError, SessionEndedError } from './errors.js';
import { createSessionClient } from './index.js';
import { base } from './testing/fake-server.js';
import { problemDocument } from './testing/refusals.js';
import { tokenPartsIn } from './testing/token-parts.js';
import { World } from './testing/world.js';

let world: World;
beforeEach(() => {
  world = new World(jest);
});
afterEach(() => world.close());

const extend = 'POST /auth/session/extend';

describe('signIn', () => {
  it('tells who it is, without the token', async () => {
    const { client, of } = await world.signedIn();
    expect(client.session).toMatchObject({
      application: 'web',
      roles: ['user'],
      user: { email: 'mia@example.com', displayName: 'Mia' },
    });
    expect(of('signedin')).toMatchObject([{ origin: 'here' }]);
  });

  it('rejects with the code of the server, and how long to wait', async () => {
    const { client } = await world.open();
    const wrong = client.signIn({ email: 'mia@example.com', password: 'wrong' });
    await expect(wrong).rejects.toMatchObject({ code: 'invalid_credentials', status: 401 });
    world.server.before = async () => {
      const answer = problemDocument(429, 'rate_limited');
      answer.headers.set('retry-after', '30');
      return answer;
    };
    const limited = client.signIn({ email: 'mia@example.com', password: 'wrong' });
    await expect(limited).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 30_000 });
    await expect(limited).rejects.toBeInstanceOf(PortcullisError);
    expect(client.state).toBe('signed-out');
  });
});

it.each(['signedin', 'statechange'] as const)(
  'C-28 a listener of %s that signs out again has overtaken the sign-in',
  async (type) => {
    const { client } = await world.open({ push: 'off' });
    client.on(type, () => void client.signOut());
    const signedIn = client.signIn({ email: 'mia@example.com', password: 'a passphrase' });
    await expect(signedIn).rejects.toMatchObject({ name: 'AbortError' });
    await world.time.pass(0);
    expect([client.state, world.server.count('POST /auth/logout')]).toEqual(['signed-out', 1]);
  },
);

describe('extend', () => {
  it('C-27 is true only with a newer token in hand', async () => {
    const { client } = await world.signedIn();
    await world.time.pass(5_000);
    expect(await client.extend()).toBe(true);
    world.server.before = async (request) =>
      request.url.endsWith('/extend') ? Response.json({}) : undefined;
    expect(await client.extend()).toBe(false);
    world.server.before = async () => problemDocument(503, 'unavailable');
    expect(await client.extend()).toBe(false);
    world.server.before = () => Promise.reject(new TypeError('Failed to fetch'));
    expect(await client.extend()).toBe(false);
    expect(client.state).toBe('active');
  });

  it('C-27 three at once are one request', async () => {
    const { client } = await world.signedIn();
    const all = await Promise.all([client.extend(), client.extend(), client.extend()]);
    expect([all, world.server.count(extend)]).toEqual([[true, true, true], 1]);
  });

  it('shows that it is at work only while the warning is there, and what came of it', async () => {
    const { client, of } = await world.signedIn();
    await world.time.pass(490_000);
    world.server.before = async (request) =>
      request.url.endsWith('/extend') ? problemDocument(503, 'unavailable') : undefined;
    const failing = client.extend();
    expect(client.state).toBe('extending');
    expect(await failing).toBe(false);
    expect(client.state).toBe('warning');
    world.server.before = async () => undefined;
    expect(await client.extend()).toBe(true);
    expect(of('statechange').slice(-2)).toEqual([
      { from: 'warning', to: 'extending' },
      { from: 'extending', to: 'active' },
    ]);
  });

  it('and check throw the reason after the end', async () => {
    const { client } = await world.signedIn({ push: 'off' });
    world.server.revoke(client.session!.id);
    const extended = expect(client.extend()).rejects.toMatchObject({ reason: 'revoked' });
    await world.time.pass(100);
    await extended;
    await expect(client.check()).rejects.toBeInstanceOf(SessionEndedError);
    await expect(client.extend()).rejects.toBeInstanceOf(SessionEndedError);
  });
});

describe('signOut', () => {
  it('ends the session here first, also when the server cannot be told', async () => {
    const { client, of } = await world.signedIn();
    world.server.before = () => Promise.reject(new TypeError('Failed to fetch'));
    const out = client.signOut();
    expect([client.state, client.session]).toEqual(['signed-out', null]);
    expect(of('ended')).toMatchObject([{ reason: 'signed-out', origin: 'here' }]);
    await out;
  });

  it('waits for drafts, two seconds at most', async () => {
    const { client } = await world.signedIn();
    client.on('ended', ({ waitUntil }) => waitUntil(new Promise(() => undefined)));
    const out = client.signOut();
    await world.time.pass(1_999);
    expect(world.server.count('POST /auth/logout')).toBe(0);
    await world.time.pass(1);
    await out;
    expect(world.server.count('POST /auth/logout')).toBe(1);
  });

  it.each(['local', 'memory'] as const)('ends also what is not known yet: %s', async (storage) => {
    const tab = await world.signedIn({ storage, push: 'off' });
    // From the store when no other tab is there, and from another tab when nothing is stored.
    if (storage === 'local') tab.client.close();
    const again = world.tab({ storage, push: 'off' });
    const out = again.client.signOut();
    await world.time.pass(200);
    await out;
    expect([again.client.state, again.of('ended').length]).toEqual(['signed-out', 1]);
    expect([...world.server.sessions.values()].map(({ isRevoked }) => isRevoked)).toEqual([true]);
    expect([...world.browser.local.items.keys()]).toEqual([]);
  });

  it('ends nobody who signs in after it', async () => {
    const { client } = world.tab({ push: 'off' });
    void client.signOut();
    client.adopt(world.server.logIn('mia@example.com'));
    await world.time.pass(200);
    expect(client.state).toBe('active');
  });

  it('everywhere is another route', async () => {
    const { client } = await world.signedIn();
    await client.signOut({ everywhere: true });
    expect(world.server.count('POST /auth/logout-all')).toBe(1);
  });
});

it('tells of a user who is called otherwise now, and of nothing else that a question brings', async () => {
  const { client, of } = await world.signedIn();
  await client.check();
  expect(of('token')).toEqual([]);
  world.server.displayName = 'Mia Berg';
  await client.check();
  expect(of('token')).toEqual([{ origin: 'here' }]);
  expect(client.session?.user.displayName).toBe('Mia Berg');
});

it.each(['orders.example', 'localhost:3001', '/orders', '//orders.example', ''])(
  'throws for an API origin that is none: %j',
  (origin) => {
    const making = (): unknown => world.tab({ apiOrigins: [origin] });
    expect(making).toThrow(new TypeError(`no origin: ${origin}`));
  },
);

describe('adopt', () => {
  it('takes a token of this kind, and asks who it is', async () => {
    const { client } = await world.open();
    const token = world.server.logIn('mia@example.com');
    expect(client.adopt(token)).toMatchObject({ user: { id: 'mia@example.com', email: '' } });
    await world.time.pass(10);
    expect(client.session?.user.displayName).toBe('Mia');
  });

  it('also in the moment in which the page is loaded, and tells the other tabs', async () => {
    const other = await world.signedIn({ push: 'off', onUserChange: 'event' });
    await world.time.pass(2_000);
    const token = world.server.logIn('noah@example.com');
    const { client, page } = world.tab({ push: 'off' });
    world.server.before = () => Promise.reject(new TypeError('Failed to fetch'));
    client.adopt(token);
    await world.time.pass(0);
    expect([client, other.client].map(({ session }) => session?.user.id)).toEqual([
      'noah@example.com',
      'noah@example.com',
    ]);
    expect([...page.sessionStorage.items.values()]).toEqual([expect.stringContaining(token)]);
  });

  it.each(['', 'nonsense', 'a.b.c', `h.${Buffer.from('{"sid":"s"}').toString('base64url')}.s`])(
    'throws TypeError for %j',
    async (token) => {
      const { client } = await world.open();
      expect(() => client.adopt(token)).toThrow(TypeError);
      expect(client.state).toBe('signed-out');
    },
  );
});

it('C-02 no event, error or log entry holds the token or a part of it', async () => {
  const said: unknown[] = [];
  const { client, heard } = await world.signedIn({ log: (entry) => said.push(entry) });
  await world.time.pass(490_000);
  const token = client.authorize(base)['Authorization']!.slice(7);
  await client.extend();
  world.server.revoke(client.session!.id);
  const checked = client.check().catch((error: unknown) => said.push(String(error), error));
  await world.time.pass(100);
  await checked;
  const text = JSON.stringify([said, heard, client.session, client]);
  const sent = world.server.requests.flatMap(({ token }) => token ?? []);
  expect(new Set(sent).size).toBeGreaterThan(1);
  expect(tokenPartsIn(text, [...sent, token])).toEqual([]);
  // What is looked for would be found: of the header, the claims and the signature.
  for (const part of token.split('.')) {
    expect(tokenPartsIn(`${text}${part.slice(-12)}`, [token])).toEqual([part.slice(-12)]);
  }
  expect(heard.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['signedin', 'warning', 'extended', 'token', 'ended', 'statechange']),
  );
});

it('C-28 a listener may call back', async () => {
  const { client, of } = await world.signedIn();
  client.on('warning', () => void client.signOut());
  client.on('ended', () => void client.signOut());
  client.on('statechange', () => void client.check().catch(() => undefined));
  await world.time.pass(490_000);
  expect([client.state, of('ended').length]).toEqual(['signed-out', 1]);
});

it('on: takes a listener off again, also by a signal', async () => {
  const { client } = await world.open();
  const said: string[] = [];
  const off = client.on('statechange', () => said.push('a'));
  const abort = new AbortController();
  client.on('statechange', () => said.push('b'), { signal: abort.signal });
  off();
  abort.abort();
  client.adopt(world.server.logIn('mia@example.com'));
  expect([client.state, said]).toEqual(['active', []]);
});

it('C-31 after close() nothing is left: no timer, channel, stream or listener', async () => {
  const { client, page, heard } = await world.signedIn();
  await world.time.pass(10);
  expect(world.server.streamCount).toBe(1);
  client.close();
  await world.time.pass(0);
  heard.length = 0;
  // A request may still be made; it brings a newer token, and starts nothing again.
  await world.time.pass(20_000);
  await client.fetch(`${base}/users/me`);
  const asked = world.server.requests.length;
  page.show(false);
  page.show(true);
  page.dispatchEvent(new Event('keydown'));
  await world.time.pass(2_000_000);
  expect([world.server.streamCount, world.browser.channels.size, heard]).toEqual([0, 0, []]);
  expect(world.server.requests.length).toBe(asked);
});

it('C-29 without a window there is no session, and fetch is the plain one', async () => {
  const seen: unknown[] = [];
  const plain = (async (...given: unknown[]) => {
    seen.push(given);
    return new Response('ok');
  }) as typeof fetch;
  const client = createSessionClient({ baseUrl: base, fetch: plain });
  expect([client.state, await client.ready, client.session]).toEqual([
    'signed-out',
    'signed-out',
    null,
  ]);
  await client.fetch(`${base}/x`, { method: 'POST', activity: 'passive' });
  expect(seen).toEqual([[`${base}/x`, { method: 'POST' }]]);
  await expect(client.signIn({ email: 'a', password: 'b' })).rejects.toThrow(TypeError);
});

it('C-30 out of the Back button’s cache a page asks before it goes on', async () => {
  const { client, page, of } = await world.signedIn({ push: 'off' });
  page.dispatchEvent(new Event('pagehide'));
  expect(world.browser.channels.size).toBe(0);
  await world.time.pass(1_000);
  expect(await client.extend()).toBe(true);
  world.server.revoke(client.session!.id);
  page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  await world.time.pass(200);
  expect(of('ended')).toMatchObject([{ reason: 'revoked' }]);
  expect(world.browser.channels.size).toBe(1);
});
