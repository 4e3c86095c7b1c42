// Warning and end at the right time, whatever the machine's clock, its sleep and the network do.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { base } from '../testing/fake-server.js';
import { problemDocument } from '../testing/refusals.js';
import { World, type TestTab } from '../testing/world.js';

let world: World;
beforeEach(() => {
  world = new World(jest);
});
afterEach(() => world.close());

const seconds = (count: number): number => count * 1000;
const hours = (count: number): number => seconds(3600 * count);
const peek = 'GET /auth/session';

describe('the warning', () => {
  it('comes once, `warnBefore` before the end, after the server was asked', async () => {
    const { client, of } = await world.signedIn();
    await world.time.pass(seconds(478));
    expect([client.state, of('warning')]).toEqual(['active', []]);
    await world.time.pass(seconds(2));
    expect(client.state).toBe('warning');
    expect(of('warning')).toHaveLength(1);
    expect(world.server.requests.at(-1)).toMatchObject({ line: peek, activity: 'passive' });
    await world.time.pass(seconds(100));
    expect(of('warning')).toHaveLength(1);
  });

  it('comes 2 s later at most when the server does not answer', async () => {
    const { client } = await world.signedIn();
    world.server.before = () => new Promise(() => undefined);
    await world.time.pass(seconds(480));
    expect(client.state).toBe('active');
    await world.time.pass(seconds(2));
    expect(client.state).toBe('warning');
  });

  it('leaves twenty seconds where the server wants no more (WCAG 2.2.1)', async () => {
    world.server.accessTokenTtl = 60;
    world.server.warnBefore = 20;
    const { client, of } = await world.signedIn();
    await world.time.pass(seconds(40));
    expect(of('warning')).toHaveLength(1);
    expect(of('warning')[0]!.idleMs).toBeGreaterThanOrEqual(20_000);
    expect(client.remaining()!.idleMs).toBeLessThan(22_000);
  });

  it('does not come when the server knows of an end', async () => {
    const { heard, of, client } = await world.signedIn({ push: 'off' });
    world.server.revoke(client.session!.id);
    await world.time.pass(seconds(481));
    expect(of('warning')).toEqual([]);
    expect(of('ended')).toMatchObject([{ reason: 'revoked', origin: 'server' }]);
    expect(heard.at(-1)?.type).toBe('ended');
  });

  it('is gone when a token comes, and comes again at the next approach', async () => {
    const { client, of } = await world.signedIn();
    await world.time.pass(seconds(490));
    expect(await client.extend()).toBe(true);
    expect([client.state, of('extended')]).toMatchObject(['active', [{ extendable: true }]]);
    await world.time.pass(seconds(482));
    expect(of('warning')).toHaveLength(2);
  });
});

describe('the end', () => {
  it('is what the server says, and not before', async () => {
    const { client, of } = await world.signedIn();
    await world.time.pass(seconds(598));
    expect(client.state).toBe('warning');
    await world.time.pass(seconds(4));
    expect(client.state).toBe('signed-out');
    expect(of('ended')).toMatchObject([{ reason: 'idle', origin: 'server' }]);
  });

  it('C-12 offline or 503 at zero: unknown, and a verdict within 6 s of being back', async () => {
    for (const outage of [
      (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch')),
      async (): Promise<Response> => problemDocument(503, 'unavailable'),
    ]) {
      const { client, of } = await world.signedIn();
      world.server.before = outage;
      await world.time.pass(seconds(700));
      expect([client.state, of('ended'), client.session === null]).toEqual(['unknown', [], false]);
      world.server.before = async () => undefined;
      await world.time.pass(seconds(6));
      expect([client.state, of('ended').length]).toEqual(['signed-out', 1]);
      client.close();
    }
  });

  it('C-12 back online before the end: on with it, at once', async () => {
    const { client, page } = await world.signedIn();
    world.server.before = () => Promise.reject(new TypeError('Failed to fetch'));
    await world.time.pass(seconds(601));
    expect(client.state).toBe('unknown');
    // Another tab had extended it, and this one hears of it only now.
    const session = world.server.sessions.get(client.session!.id)!;
    world.server.before = async () => undefined;
    const newer = world.server.mint(session);
    world.browser.posted.length = 0;
    const other = world.tab({}, world.browser.tab());
    await world.time.pass(60);
    other.client.adopt(newer);
    page.dispatchEvent(new Event('online'));
    await world.time.pass(0);
    expect(client.state).toBe('active');
  });

  it('C-33 a deadline in a year does not fire at once', async () => {
    world.server.accessTokenTtl = 365 * 86_400;
    world.server.sessionTtl = 366 * 86_400;
    const { client } = await world.signedIn({ push: 'off' });
    const asked = world.server.count(peek);
    await world.time.pass(hours(1));
    expect(client.state).toBe('active');
    expect(world.server.count(peek)).toBe(asked);
    expect(client.remaining()?.idleMs).toBeGreaterThan(hours(364 * 24));
  });

  it('C-23 in the last stretch there is nothing to extend, and the reason is the absolute end', async () => {
    world.server.sessionTtl = 1200;
    const { client, of } = await world.signedIn();
    expect(client.remaining()?.extendable).toBe(true);
    await world.time.pass(seconds(470));
    await client.extend();
    await world.time.pass(seconds(240));
    await client.extend();
    // 490 s are left, all of them of the session: five minutes before the end is time to save work.
    expect(client.remaining()).toMatchObject({ extendable: false });
    expect(client.state).toBe('active');
    await world.time.pass(seconds(191));
    expect(client.state).toBe('warning');
    await world.time.pass(seconds(300));
    expect(of('ended')).toMatchObject([{ reason: 'absolute' }]);
  });
});

describe('a clock that is wrong', () => {
  it.each([hours(26), hours(-26)])('C-08 by %i ms at the start changes nothing', async (ms) => {
    world.time.setBy(ms);
    const { client, of } = await world.signedIn();
    await world.time.pass(seconds(478));
    expect(client.state).toBe('active');
    await world.time.pass(seconds(2));
    expect(client.state).toBe('warning');
    expect(of('ended')).toEqual([]);
  });

  it.each([hours(1), hours(-1)])('C-08 and set by %i ms in the middle neither', async (ms) => {
    const { client, of } = await world.signedIn();
    await world.time.pass(seconds(200));
    world.time.setBy(ms);
    await world.time.pass(seconds(278));
    expect([client.state, of('ended')]).toEqual(['active', []]);
    await world.time.pass(seconds(4));
    expect(client.state).toBe('warning');
    expect(client.remaining()!.idleMs).toBeLessThanOrEqual(seconds(118.5));
    expect(client.remaining()!.idleMs).toBeGreaterThan(seconds(115));
  });

  it.each([hours(1), hours(-1)])('C-08 nor with an answer before it is noticed: %i', async (ms) => {
    const { client, of } = await world.signedIn();
    await world.time.pass(seconds(200));
    world.time.setBy(ms);
    const shown: number[] = [];
    client.on('token', () => shown.push(client.remaining()!.idleMs));
    // Brings a new token: 600 s from now.
    const answer = await client.fetch(`${base}/orders`, { activity: 'user' });
    expect(answer.headers.has('authorization')).toBe(true);
    expect(shown).toHaveLength(1);
    // One that ran ahead may be sleep: less is shown until the server has said more.
    expect(shown[0]).toBeLessThanOrEqual(seconds(600));
    if (ms < 0) expect(shown[0]).toBeGreaterThan(seconds(598));
    await world.time.pass(seconds(478));
    expect([of('statechange').length, of('warning'), of('ended')]).toEqual([2, [], []]);
    await world.time.pass(seconds(4));
    expect(client.state).toBe('warning');
    expect(client.remaining()!.idleMs).toBeLessThanOrEqual(seconds(118.5));
    expect(client.remaining()!.idleMs).toBeGreaterThan(seconds(115));
  });

  it.each([hours(1), hours(-1)])('C-08 nor when somebody asks before that: %i', async (ms) => {
    const { client, of } = await world.signedIn();
    await world.time.pass(seconds(200));
    world.time.setBy(ms);
    await client.check();
    expect(client.remaining()!.idleMs).toBeGreaterThan(seconds(398));
    expect(client.remaining()!.idleMs).toBeLessThanOrEqual(seconds(400));
    await world.time.pass(seconds(270));
    expect([of('statechange').length, of('warning'), of('ended')]).toEqual([2, [], []]);
  });

  it('C-08 nor when it is set while an extension fails', async () => {
    const { client, of } = await world.signedIn({ push: 'off' });
    await world.time.pass(seconds(200));
    world.server.before = async (request) => {
      if (!request.url.endsWith('/extend')) return undefined;
      world.time.setBy(hours(1));
      return problemDocument(503, 'unavailable');
    };
    expect(await client.extend()).toBe(false);
    await world.time.pass(seconds(270));
    expect([of('statechange').length, of('warning'), of('ended')]).toEqual([2, [], []]);
  });

  it('C-08 nor when the page is loaded after that, and no network is there', async () => {
    const { client, page } = await world.signedIn({ push: 'off' });
    await world.time.pass(seconds(200));
    world.server.before = () => Promise.reject(new TypeError('Failed to fetch'));
    world.time.setBy(hours(-1));
    await world.time.pass(seconds(31));
    client.close();
    const again = await world.open({ push: 'off' }, page);
    expect(again.client.remaining()!.idleMs).toBeLessThanOrEqual(seconds(369.5));
    expect(again.client.state).toBe('active');
  });

  it('C-08 nor with a token of another tab that has not noticed yet', async () => {
    const other = await world.signedIn({ push: 'off' });
    const { client, of, page } = await world.open({ push: 'off' });
    await world.time.pass(seconds(105));
    world.time.setBy(hours(1));
    page.dispatchEvent(new Event('focus'));
    await world.time.pass(10);
    void other.client.fetch(`${base}/orders`, { activity: 'user' });
    await world.time.pass(seconds(3));
    expect([client.state, of('token').length, of('warning')]).toEqual(['active', 1, []]);
    expect(client.remaining()!.idleMs).toBeLessThanOrEqual(seconds(597.5));
    expect(client.remaining()!.idleMs).toBeGreaterThan(seconds(595));
  });

  it('C-08 nor by so little that the end does not come into sight', async () => {
    const { client } = await world.signedIn();
    await world.time.pass(seconds(100));
    world.time.setBy(seconds(200));
    await world.time.pass(seconds(240));
    expect(client.state).toBe('active');
  });

  it('C-08 and set while the warning is shown is put right within half a minute', async () => {
    const { client } = await world.signedIn();
    await world.time.pass(seconds(485));
    world.time.setBy(seconds(60));
    await world.time.pass(seconds(31));
    expect(client.remaining()!.idleMs).toBeGreaterThan(seconds(82));
    expect(client.remaining()!.idleMs).toBeLessThanOrEqual(seconds(84.5));
  });

  it('C-08 nor when it is set back while no network is there', async () => {
    const { client } = await world.signedIn();
    world.server.before = () => Promise.reject(new TypeError('Failed to fetch'));
    world.time.setBy(hours(-1));
    await world.time.pass(seconds(100));
    expect(client.remaining()!.idleMs).toBeLessThanOrEqual(seconds(500.5));
  });

  it('C-08 nor when it is set while no network is there', async () => {
    const { client, of } = await world.signedIn();
    world.server.before = () => Promise.reject(new TypeError('Failed to fetch'));
    world.time.setBy(hours(1));
    await world.time.pass(seconds(100));
    expect([client.state, of('ended')]).toEqual(['unknown', []]);
    world.server.before = async () => undefined;
    await world.time.pass(seconds(6));
    expect(client.state).toBe('active');
  });
});

describe('sleep', () => {
  it('C-09 past the end: one question, then the end, and no warning', async () => {
    const { client, page, of } = await world.signedIn();
    const asked = world.server.count(peek);
    world.time.sleep(hours(9));
    page.show(true);
    await world.time.pass(0);
    await world.time.pass(200);
    expect(world.server.count(peek) - asked).toBe(1);
    expect([client.state, of('warning')]).toEqual(['signed-out', []]);
    expect(of('ended')).toMatchObject([{ reason: 'idle' }]);
  });

  it('C-10 into the warning: the time that is really left', async () => {
    const { client, page, of } = await world.signedIn();
    world.time.sleep(seconds(530));
    page.show(true);
    await world.time.pass(10);
    expect(client.state).toBe('warning');
    const [warning] = of('warning');
    expect(warning!.idleMs).toBeLessThanOrEqual(seconds(69.5));
    expect(warning!.idleMs).toBeGreaterThan(seconds(68));
  });

  it('C-09 is noticed within half a minute also when no event tells of it', async () => {
    const { client } = await world.signedIn();
    world.time.sleep(hours(9));
    await world.time.pass(seconds(31));
    expect(client.state).toBe('signed-out');
  });

  it('C-11 a hidden tab whose timers stood still is right within a second of being shown', async () => {
    const { client, page } = await world.signedIn();
    page.show(false);
    // As if throttled: the wall goes on, no timer fires.
    world.time.sleep(seconds(599));
    page.show(true);
    await world.time.pass(10);
    expect(client.state).toBe('warning');
    world.time.sleep(seconds(2));
    page.show(true);
    await world.time.pass(1_000);
    expect(client.state).toBe('signed-out');
  });

  it('asks on waking at most once in 30 s', async () => {
    const { page } = await world.signedIn();
    await world.time.pass(seconds(60));
    const asked = world.server.count(peek);
    for (let i = 0; i < 10; i++) {
      page.dispatchEvent(new Event('focus'));
      await world.time.pass(seconds(1));
    }
    expect(world.server.count(peek) - asked).toBe(1);
  });
});

describe('a server that cannot be reached', () => {
  const cut = (): void => {
    world.server.before = () => Promise.reject(new TypeError('Failed to fetch'));
  };
  /** The same page once more. */
  const reload = ({ client, page }: TestTab): Promise<TestTab> => {
    client.close();
    return world.open({ push: 'off' }, page);
  };

  it('C-12 with the time up when the page is loaded is unknown, and nothing before that', async () => {
    const tab = await world.signedIn({ push: 'off' });
    cut();
    world.time.sleep(seconds(700));
    const { of } = await reload(tab);
    expect(of('statechange')).toEqual([{ from: 'starting', to: 'unknown' }]);
    expect([of('warning'), of('ended')]).toEqual([[], []]);
  });

  it('C-12 with the time up when the page comes back is unknown, and stays so', async () => {
    const { of, page } = await world.signedIn({ push: 'off' });
    page.dispatchEvent(new Event('pagehide'));
    cut();
    world.time.sleep(seconds(700));
    page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    await world.time.pass(seconds(1));
    expect(of('statechange').at(-1)).toEqual({ from: 'active', to: 'unknown' });
    expect(of('warning')).toEqual([]);
  });

  it('and is asked again in good time is forgotten: the warning stays until the end', async () => {
    const { of, page } = await world.signedIn({ push: 'off' });
    await world.time.pass(seconds(550));
    cut();
    page.dispatchEvent(new Event('focus'));
    await world.time.pass(seconds(10));
    world.server.before = async () => undefined;
    await world.time.pass(seconds(42));
    const states = of('statechange').map(({ to }) => to);
    expect(states).toEqual(['signed-out', 'active', 'warning', 'signed-out']);
  });

  it('C-12 and is not reached by pressing the button either: unknown it stays', async () => {
    const { client, of } = await world.signedIn({ push: 'off' });
    cut();
    await world.time.pass(seconds(601));
    expect(await client.extend()).toBe(false);
    expect(
      of('statechange')
        .slice(3)
        .map(({ to }) => to),
    ).toEqual(['unknown', 'extending', 'unknown']);
    expect(of('warning')).toHaveLength(1);
  });

  it('a page that is loaded within the warning warns once', async () => {
    const tab = await world.signedIn({ push: 'off' });
    await world.time.pass(seconds(485));
    const { of } = await reload(tab);
    expect(of('statechange')).toEqual([{ from: 'starting', to: 'warning' }]);
    expect(of('warning')).toHaveLength(1);
  });
});

describe('a token that is not fresh', () => {
  it('C-38 the time shown is not longer than the truth', async () => {
    const { client } = await world.open();
    const token = world.server.logIn('mia@example.com');
    await world.time.pass(seconds(9));
    client.adopt(token);
    await world.time.pass(10);
    const truth = world.server.claims(token).exp * 1000 - world.time.now();
    const shown = client.remaining()!.idleMs;
    expect(shown).toBeLessThanOrEqual(truth);
    expect(shown).toBeGreaterThan(truth - 1_000);
  });

  it('C-38 also with a clock that is an hour ahead', async () => {
    world.time.setBy(hours(1));
    const { client } = await world.open();
    const token = world.server.logIn('mia@example.com');
    await world.time.pass(seconds(9));
    client.adopt(token);
    await world.time.pass(10);
    const truth = world.server.claims(token).exp * 1000 - world.time.now();
    expect(client.remaining()!.idleMs).toBeLessThanOrEqual(truth);
    expect(client.remaining()!.idleMs).toBeGreaterThan(truth - 1_000);
  });
});
