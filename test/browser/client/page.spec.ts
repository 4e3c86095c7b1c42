// The client in the life of a page: listeners that throw, React, axios, the Back button.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { chromium, type Browser } from 'playwright-core';
import { describeWithChromium, getChromiumPath } from '../../support/services/describe-with.js';
import { useBrowser } from '../support/browser.js';
import { addressOf, password, startWorld, Tab, type ClientWorld } from '../support/client-world.js';
import type { LibrariesWindow } from './page-with-libraries.js';

/** Playwright switches the Back button's cache off unless it is told not to. */
const launchWithCache = (): Promise<Browser> =>
  chromium.launch({
    executablePath: getChromiumPath(),
    args: ['--no-sandbox'],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });

describeWithChromium('a page', () => {
  const browser = useBrowser();
  let world: ClientWorld;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());

  it('C-28 a listener that throws breaks nothing, and is reported', async () => {
    const context = await browser().newContext();
    const tab = await Tab.open(context, world);
    const errors: string[] = [];
    tab.page.on('pageerror', ({ message }) => errors.push(message));
    await tab.run(({ client }) => {
      for (const type of ['statechange', 'signedin', 'token', 'extended', 'ended'] as const) {
        client.on(type, () => {
          throw new Error(`of ${type}`);
        });
      }
    });
    await tab.signIn((await world.account()).email);
    world.clock.advance(2_000);
    expect(await tab.run(({ client }) => client.extend())).toBe(true);
    await tab.run(({ client }) => client.signOut());
    expect(await tab.state()).toBe('signed-out');
    expect(await tab.heard('ended')).toHaveLength(1);
    expect(new Set(errors)).toEqual(
      new Set(['of statechange', 'of signedin', 'of token', 'of extended', 'of ended']),
    );
    await context.close();
  });

  it('C-31 React in strict mode: one client, one channel, and it shows what is so', async () => {
    const context = await browser().newContext();
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.addInitScript(() => {
      const { BroadcastChannel: Real } = globalThis;
      const count = Object.assign(globalThis, { channels: 0 });
      globalThis.BroadcastChannel = class extends Real {
        constructor(name: string) {
          super(name);
          count.channels++;
        }

        override close(): void {
          super.close();
          count.channels--;
        }
      };
    });
    await page.goto(addressOf(world, {}).replace('/#', '/libraries#'));
    const who = page.locator('#who');
    await who.filter({ hasText: 'signed-out nobody' }).waitFor();
    const tab = new Tab(page);
    const { email } = await world.account();
    await tab.signIn(email);
    await who.filter({ hasText: `active ${email}` }).waitFor();
    const channels = (): Promise<number> =>
      page.evaluate(() => (globalThis as unknown as { channels: number }).channels);
    expect(await channels()).toBe(1);
    const renders = (): Promise<number> => tab.run((test) => (test as LibrariesWindow).renders);
    const before = await renders();
    // What does not change what is shown renders nothing: a question, and a newer token.
    expect(await tab.run(({ client }) => client.check())).toBe('active');
    expect(await renders()).toBe(before);
    world.clock.advance(2_000);
    expect(await tab.run(({ client }) => client.extend())).toBe(true);
    // React may have put it off.
    await tab.run(() => new Promise((resolve) => setTimeout(resolve, 100)));
    expect(await renders()).toBe(before);
    await tab.run((test) => {
      (test as LibrariesWindow).root.unmount();
      test.client.close();
    });
    expect([await channels(), errors]).toEqual([0, []]);
    await context.close();
  });

  it('axios: carries the token, keeps the newest one and tries once more', async () => {
    const context = await browser().newContext();
    const page = await context.newPage();
    await page.goto(addressOf(world, {}).replace('/#', '/libraries#'));
    const tab = new Tab(page);
    await tab.run(({ client }) => client.ready);
    await tab.signIn((await world.account()).email);
    world.clock.advance(11_000);
    const result = await tab.run(
      async (test, { url, current }) => {
        const { axios, client } = test as LibrariesWindow;
        const token = (): string => client.authorize(url)['Authorization'] ?? '';
        const first = token();
        const me = await axios.get<{ user: { email: string } }>('/users/me');
        const second = token();
        // A change of password refuses the token of what is under way.
        const body = { currentPassword: current, newPassword: `${current} 2` };
        const answers = await Promise.all([
          axios.post('/users/me/password', body),
          ...Array.from({ length: 20 }, () => axios.get('/users/me')),
        ]);
        const wrong = await axios
          .get('/nothing')
          .catch((error: unknown) => (error as { status: number }).status);
        return {
          email: me.data.user.email,
          isNewer: second !== first && token() !== second,
          statuses: [...new Set(answers.map(({ status }) => status))],
          wrong,
          state: client.state,
        };
      },
      { url: world.server.url, current: password },
    );
    expect(result).toEqual({
      email: expect.stringContaining('@example.com'),
      isNewer: true,
      statuses: [204, 200],
      wrong: 404,
      state: 'active',
    });
    await context.close();
  });

  it('C-30 the Back button to a page whose own token has expired: the next page’s counts', async () => {
    const own = await launchWithCache();
    const context = await own.newContext();
    const tab = await Tab.open(context, world);
    await tab.signIn((await world.account()).email);
    const first = await tab.run(({ client }) => client.session?.id);
    await tab.page.goto(addressOf(world, {}).replace('/#', '/?2#'));
    for (let minutes = 0; minutes < 12; minutes += 4) {
      world.clock.advance(240_000);
      expect(await tab.run(({ client }) => client.extend())).toBe(true);
    }
    await tab.page.goBack({ waitUntil: 'commit' });
    await tab.until(({ heard }) => heard.some(({ type }) => type === 'token'));
    // The server is asked by then, and has answered.
    expect(await tab.run(({ client }) => client.check())).toBe('active');
    expect((await tab.fetch(`${world.server.url}/users/me`)).status).toBe(200);
    expect(await tab.run(({ client }) => client.session?.id)).toBe(first);
    expect(await tab.heard('ended')).toEqual([]);
    await tab.page.reload();
    expect(await tab.run(({ client }) => client.ready)).toBe('active');
    await own.close();
  });

  it('C-30 the Back button after a sign-out: ended before the page is shown again', async () => {
    const own = await launchWithCache();
    const context = await own.newContext();
    const tab = await Tab.open(context, world);
    await tab.signIn((await world.account()).email);
    const token = await tab.run(({ client }, url) => client.authorize(url), world.server.url);
    // The recipe of docs/browser.md, and a note of what it saw.
    await tab.run(({ client }) => {
      const { documentElement } = document;
      const seen = Object.assign(globalThis, { seen: [] as unknown[] }).seen;
      addEventListener('pagehide', () => (documentElement.hidden = true));
      addEventListener('pageshow', (event) => {
        if (!event.persisted) return;
        seen.push('back', documentElement.hidden);
        void client
          .check()
          .catch(() => seen.push(client.state, documentElement.hidden))
          .then(() => (documentElement.hidden = false));
      });
    });
    await tab.page.goto(`${world.orders.origin}/elsewhere`);
    const headers = { authorization: token['Authorization']! };
    await fetch(`${world.server.url}/auth/logout`, { method: 'POST', headers });
    await tab.page.goBack({ waitUntil: 'commit' });
    const seen = (test: object): unknown => (test as { seen?: unknown }).seen;
    await tab.until((test) => (test as { seen?: unknown[] }).seen?.length === 4);
    expect(await tab.run(seen)).toEqual(['back', true, 'signed-out', true]);
    expect(await tab.heard('ended')).toHaveLength(1);
    await own.close();
  });
});
