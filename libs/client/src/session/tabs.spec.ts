// Tabs of one browser come to one session, and to its end, each once.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { base } from '../testing/fake-server.js';
import { codeless, refused } from '../testing/refusals.js';
import { World } from '../testing/world.js';

let world: World;
beforeEach(() => {
  world = new World(jest);
});
afterEach(() => world.close());

const orders = `${base}/orders`;

describe('another tab', () => {
  it('gets the session, the newer token and the end', async () => {
    const first = await world.open();
    const second = await world.open();
    await first.signIn();
    await world.time.pass(0);
    expect(second.client.session?.user.email).toBe('mia@example.com');
    expect(second.of('signedin')).toMatchObject([{ origin: 'other-tab' }]);
    await world.time.pass(490_000);
    expect(second.client.state).toBe('warning');
    await first.client.extend();
    await world.time.pass(0);
    expect([second.client.state, second.of('token')]).toEqual([
      'active',
      [{ origin: 'other-tab' }],
    ]);
    const out = second.client.signOut();
    await world.time.pass(10);
    await out;
    expect(first.of('ended')).toMatchObject([{ reason: 'signed-out', origin: 'other-tab' }]);
    expect(second.of('ended')).toMatchObject([{ reason: 'signed-out', origin: 'here' }]);
  });

  it('C-15 a new one is signed in within 60 ms, also from memory, without asking the server', async () => {
    await world.signedIn({ storage: 'memory' });
    const asked = world.server.requests.length;
    const fresh = world.tab({ storage: 'memory', push: 'off' });
    await world.time.pass(59);
    expect(await fresh.client.ready).toBe('active');
    expect(world.server.requests.length).toBe(asked);
  });

  it('with another appId is another application', async () => {
    await world.signedIn();
    const other = await world.open({ appId: 'billing' });
    expect(other.client.state).toBe('signed-out');
  });

  it('C-19 reloads when somebody else signed in, unless it is told not to', async () => {
    const reloading = await world.signedIn();
    const telling = await world.open({ onUserChange: 'event' });
    const preventing = await world.open();
    preventing.client.on('userchanged', (event) => event.preventDefault());
    await reloading.signIn();
    await world.time.pass(1_000);
    await telling.signIn('noah@example.com');
    await world.time.pass(0);
    expect([reloading, telling, preventing].map(({ page }) => page.reloads)).toEqual([1, 0, 0]);
    const change = { from: 'mia@example.com', to: 'noah@example.com' };
    expect(reloading.of('userchanged')).toMatchObject([change]);
    expect(preventing.client.session?.user.id).toBe('noah@example.com');
  });

  it('two that sign in at once come to the same session', async () => {
    const [one, two] = [await world.open(), await world.open()];
    await Promise.all([one.signIn(), two.signIn()]);
    await world.time.pass(0);
    expect(one.client.session?.id).toBe(two.client.session?.id);
  });

  it('that was stopped during a sign-out ends when it goes on', async () => {
    const first = await world.signedIn();
    const second = await world.open();
    second.page.freeze();
    void first.client.signOut();
    await world.time.pass(10);
    expect(second.client.state).toBe('active');
    second.page.resume();
    expect(second.of('ended')).toHaveLength(1);
  });

  it('C-05 a late word of another tab brings no ended session back', async () => {
    const [here, there] = [await world.signedIn(), await world.open()];
    const said = world.browser.posted.find((message) => (message as { t: string }).t === 'token');
    const token = here.client.authorize(base)['Authorization']!.slice(7);
    void here.client.signOut();
    await world.time.pass(10);
    const stale = new (world.browser.tab().BroadcastChannel)('portcullis:default');
    stale.postMessage(said);
    await world.time.pass(10);
    expect([here.client.state, there.client.state]).toEqual(['signed-out', 'signed-out']);
    for (const { client } of [here, there]) expect(() => client.adopt(token)).toThrow(TypeError);
  });

  it('C-14 each ends once, however many 401s and pushes there are', async () => {
    const tabs = [await world.signedIn(), await world.open(), await world.open()];
    await world.time.pass(10);
    world.server.revoke(tabs[0]!.client.session!.id);
    for (const { client } of tabs) for (let i = 0; i < 5; i++) void client.fetch(orders);
    await world.time.pass(2_000);
    expect(tabs.map(({ of }) => of('ended').length)).toEqual([1, 1, 1]);
    expect(tabs.map(({ of }) => of('ended')[0]!.reason)).toEqual(['revoked', 'revoked', 'revoked']);
  });
});

describe('a change of password in one tab', () => {
  it('C-36 is waited for by another one whose token was refused before the answer came', async () => {
    const [changing, asking] = [
      await world.signedIn({ push: 'off' }),
      await world.open({ push: 'off' }),
    ];
    const session = world.server.sessions.get(changing.client.session!.id)!;
    world.server.before = async (request) => {
      if (!request.url.endsWith('/password')) return undefined;
      session.ver++;
      await new Promise((resolve) => setTimeout(resolve, 900));
      const token = world.server.mint(session);
      return new Response(null, { status: 204, headers: { authorization: `Bearer ${token}` } });
    };
    const change = changing.client.fetch(`${base}/users/me/password`, { method: 'POST' });
    const request = asking.client.fetch(orders);
    const own = changing.client.fetch(orders);
    await world.time.pass(1_000);
    expect((await change).status).toBe(204);
    expect([(await request).status, (await own).status]).toEqual([200, 200]);
    expect([...changing.of('ended'), ...asking.of('ended')]).toEqual([]);
  });

  it('C-36 is waited for also when the tab that makes it is too busy to answer', async () => {
    const changing = await world.signedIn({ push: 'off' });
    const asking = await world.open({ push: 'off' });
    const session = world.server.sessions.get(changing.client.session!.id)!;
    world.server.before = async (request) => {
      if (!request.url.endsWith('/password')) return undefined;
      session.ver++;
      await new Promise((resolve) => setTimeout(resolve, 900));
      const token = world.server.mint(session);
      return new Response(null, { status: 204, headers: { authorization: `Bearer ${token}` } });
    };
    const change = changing.client.fetch(`${base}/users/me/password`, { method: 'POST' });
    await world.time.pass(1);
    world.browser.mute(changing.page);
    const request = asking.client.fetch(orders);
    await world.time.pass(850);
    world.browser.unmute(changing.page);
    await world.time.pass(300);
    expect([(await change).status, (await request).status, asking.of('ended')]).toEqual([
      204,
      200,
      [],
    ]);
  });

  it('C-36 is waited for also when a proxy makes a page of its own of the refusal', async () => {
    const changing = await world.signedIn({ push: 'off' });
    const asking = await world.open({ push: 'off' });
    const session = world.server.sessions.get(changing.client.session!.id)!;
    world.server.before = async (request) => {
      const token = request.headers.get('authorization')!.slice(7);
      const isRefused = world.server.claims(token).ver < session.ver;
      if (request.url.endsWith('/orders')) return isRefused ? codeless() : undefined;
      if (!request.url.endsWith('/password')) return undefined;
      session.ver++;
      await new Promise((resolve) => setTimeout(resolve, 900));
      const newer = world.server.mint(session);
      return new Response(null, { status: 204, headers: { authorization: `Bearer ${newer}` } });
    };
    const change = changing.client.fetch(`${base}/users/me/password`, { method: 'POST' });
    const requests = [asking.client.fetch(orders), changing.client.fetch(orders)];
    await world.time.pass(1_200);
    const statuses = await Promise.all(
      [change, ...requests].map(async (one) => (await one).status),
    );
    expect(statuses).toEqual([204, 200, 200]);
    expect([...changing.of('ended'), ...asking.of('ended')]).toEqual([]);
  });

  it.each([
    ['the tab that makes it', 0],
    ['a third one', 2],
  ])('C-36 is waited for also when another request of %s is over before', async (_name, at) => {
    const tabs = [
      await world.signedIn({ push: 'off' }),
      await world.open({ push: 'off' }),
      await world.open({ push: 'off' }),
    ] as const;
    const session = world.server.sessions.get(tabs[0].client.session!.id)!;
    const later = (ms: number): Promise<unknown> => new Promise((done) => setTimeout(done, ms));
    world.server.before = async (request) => {
      if (request.url.endsWith('/note')) return later(100).then(() => new Response('{}'));
      if (!request.url.endsWith('/password')) return undefined;
      session.ver++;
      await later(900);
      const token = world.server.mint(session);
      return new Response(null, { status: 204, headers: { authorization: `Bearer ${token}` } });
    };
    const change = tabs[0].client.fetch(`${base}/users/me/password`, { method: 'POST' });
    const note = tabs[at]!.client.fetch(`${base}/note`, { method: 'POST' });
    await world.time.pass(1);
    const request = tabs[1].client.fetch(orders);
    await world.time.pass(1_400);
    const statuses = [(await change).status, (await note).status, (await request).status];
    expect([statuses, tabs.flatMap(({ of }) => of('ended'))]).toEqual([[204, 200, 200], []]);
  });

  it('is not waited for when it is over', async () => {
    const [writing, asking] = [
      await world.signedIn({ push: 'off' }),
      await world.open({ push: 'off' }),
    ];
    await writing.client.fetch(orders, { method: 'POST' });
    world.server.before = async () => refused('token_revoked');
    void asking.client.fetch(orders);
    await world.time.pass(201);
    expect(asking.of('ended')).toMatchObject([{ reason: 'revoked' }]);
  });

  it('is not waited for when the session itself was ended', async () => {
    const [writing, asking] = [
      await world.signedIn({ push: 'off' }),
      await world.open({ push: 'off' }),
    ];
    world.server.before = async (request) => {
      if (request.method === 'POST') return new Promise(() => undefined);
      return refused('session_revoked');
    };
    void writing.client.fetch(orders, { method: 'POST' });
    void asking.client.fetch(orders);
    await world.time.pass(100);
    expect(asking.of('ended')).toHaveLength(1);
  });
});

describe('without a channel', () => {
  it('C-18 works per tab, with one problem', async () => {
    const page = world.browser.tab();
    Object.assign(page, { BroadcastChannel: undefined });
    const { client, of, signIn } = await world.open({}, page);
    await signIn();
    await client.extend();
    expect([client.state, of('problem')]).toEqual(['active', [{ code: 'channel-missing' }]]);
  });
});
