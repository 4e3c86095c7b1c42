// One stream for all tabs, held by one that lives, and what comes of its word.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { problemDocument } from '../testing/refusals.js';
import { World, type TestTab } from '../testing/world.js';
import { createEventParser, type ServerEvent } from './event-parser.js';

let world: World;
beforeEach(() => {
  world = new World(jest);
});
afterEach(() => world.close());

const lock = 'portcullis:default:push';
const stream = 'GET /auth/session/events';

async function tabs(count: number): Promise<TestTab[]> {
  const opened = [await world.signedIn()];
  while (opened.length < count) opened.push(await world.open());
  await world.time.pass(10);
  return opened;
}

/** The server's heartbeats go on meanwhile. */
async function pass(seconds: number): Promise<void> {
  for (let s = 0; s < seconds; s++) {
    if (s % 15 === 14) world.server.heartbeat();
    await world.time.pass(1_000);
  }
}

describe('the stream', () => {
  it('C-25 is one for ten tabs', async () => {
    await tabs(10);
    await pass(120);
    expect([world.server.streamCount, world.server.count(stream)]).toEqual([1, 1]);
  });

  it('C-26 does not slide the session', async () => {
    await tabs(1);
    expect(world.server.requests.find(({ line }) => line === stream)?.activity).toBe('passive');
  });

  it('C-24 tells of the end at once, in all tabs, after the server was asked', async () => {
    const opened = await tabs(3);
    world.server.revoke(opened[0]!.client.session!.id);
    await world.time.pass(150);
    expect(opened.map(({ of }) => of('ended').map(({ origin }) => origin))).toEqual([
      ['push'],
      ['other-tab'],
      ['other-tab'],
    ]);
  });

  it('C-24 a word that the server takes back ends nothing, and the stream is opened again', async () => {
    const [tab] = await tabs(1);
    const session = world.server.sessions.get(tab!.client.session!.id)!;
    world.server.revoke(session.id);
    session.isRevoked = false;
    await world.time.pass(2_000);
    expect([tab!.client.state, tab!.of('ended')]).toEqual(['active', []]);
    expect(world.server.streamCount).toBe(1);
  });

  it('C-24 without it the end is seen at the next request, or on waking', async () => {
    const { client, page } = await world.signedIn({ push: 'off' });
    await world.time.pass(60_000);
    expect(world.server.count(stream)).toBe(0);
    world.server.revoke(client.session!.id);
    await world.time.pass(10_000);
    expect(client.state).toBe('active');
    page.dispatchEvent(new Event('focus'));
    await world.time.pass(100);
    expect(client.state).toBe('signed-out');
  });

  it.each([
    ['refused', () => problemDocument(503, 'unavailable')],
    [
      'answered with a page',
      () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
    ],
  ])(
    'is opened again with growing pauses when it is %s, and one problem when it stays away',
    async (_how, answer) => {
      world.server.before = async (request) =>
        request.url.endsWith('/events') ? answer() : undefined;
      const { of } = await world.signedIn();
      await world.time.pass(120_000);
      const tries = world.server.count(stream);
      expect(tries).toBeGreaterThan(5);
      expect(tries).toBeLessThan(20);
      expect(of('problem')).toEqual([{ code: 'push-lost' }]);
    },
  );

  it('is given up with the session, and opened for the next one', async () => {
    const [tab] = await tabs(1);
    const out = tab!.client.signOut();
    await world.time.pass(10);
    await out;
    expect(world.server.streamCount).toBe(0);
    await tab!.signIn('noah@example.com');
    await world.time.pass(10);
    expect(world.server.streamCount).toBe(1);
  });

  it('C-24 is the new session’s after a sign-in over another one, in every tab', async () => {
    for (const email of ['noah@example.com', 'mia@example.com']) {
      const holder = await world.signedIn({ appId: email, onUserChange: 'event' });
      const other = await world.open({ appId: email, onUserChange: 'event' });
      await world.time.pass(10);
      for (const tab of [holder, other]) {
        // So that it is the later one, whatever its id.
        world.time.sleep(2_000);
        await tab.signIn(email);
        await world.time.pass(1_000);
        expect(holder.client.session?.id).toBe(other.client.session?.id);
      }
      world.server.revoke(holder.client.session!.id);
      await world.time.pass(150);
      const origins = [holder, other].map(({ of }) => of('ended').map(({ origin }) => origin));
      expect(origins.flat().sort()).toEqual(['other-tab', 'push']);
    }
  });

  it('without locks there is none, and one problem', async () => {
    const page = world.browser.tab();
    page.navigator = {};
    const { of, signIn } = await world.open({}, page);
    await signIn();
    await world.time.pass(60_000);
    expect([world.server.count(stream), of('problem')]).toEqual([0, [{ code: 'push-lost' }]]);
  });
});

describe('its holder', () => {
  it('C-25 that is closed is followed at once', async () => {
    const [first, second] = await tabs(2);
    first!.client.close();
    await world.time.pass(100);
    expect(world.browser.locks.holder(lock)).toBe(second!.page);
    expect(world.server.streamCount).toBe(1);
  });

  it('C-25 that is stopped is followed within 25 s, and not when it is only quiet', async () => {
    const [first, second] = await tabs(2);
    await pass(60);
    expect(world.browser.locks.holder(lock)).toBe(first!.page);
    first!.page.freeze();
    // Its timers and its stream stand still as well: what it posts is not heard.
    world.browser.mute(first!.page);
    await pass(25);
    expect(world.browser.locks.holder(lock)).toBe(second!.page);
  });

  it('C-25 that is hidden makes room for one that is shown', async () => {
    const [first, second] = await tabs(2);
    second!.page.show(false);
    first!.page.show(false);
    await world.time.pass(10);
    expect(world.browser.locks.holder(lock)).toBe(first!.page);
    second!.page.show(true);
    await world.time.pass(10);
    expect(world.browser.locks.holder(lock)).toBe(second!.page);
    expect(world.server.streamCount).toBe(1);
  });

  it('C-25 that hides while another is shown makes room within 25 s', async () => {
    const [first, second] = await tabs(2);
    first!.page.show(false);
    await pass(25);
    expect(world.browser.locks.holder(lock)).toBe(second!.page);
  });
});

describe('the parser', () => {
  it.each([1, 2, 3, 7, 1000])('reads events cut every %i characters', (size) => {
    const text =
      ': still here\n\nevent: ended\ndata: {"code":"token_revoked"}\n\n: x\r\n\r\nevent:other\r\ndata:1\r\n\r\nevent: cut';
    const events: ServerEvent[] = [];
    const feed = createEventParser((event) => events.push(event));
    for (let at = 0; at < text.length; at += size) feed(text.slice(at, at + size));
    expect(events).toEqual([
      { event: 'ended', data: '{"code":"token_revoked"}' },
      { event: 'other', data: '1' },
    ]);
  });
});
