// Several tabs of one browser hold one session.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { BrowserContext } from 'playwright-core';
import { describeWithChromium } from '../../support/services/describe-with.js';
import { useBrowser } from '../support/browser.js';
import { addressOf, password, startWorld, Tab, type ClientWorld } from '../support/client-world.js';
import type { Heard } from './page.js';

describeWithChromium('tabs', () => {
  const browser = useBrowser();
  let world: ClientWorld;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());

  async function open(count: number, context: BrowserContext): Promise<Tab[]> {
    return Promise.all(Array.from({ length: count }, () => Tab.open(context, world)));
  }

  /** How long after the first tab the last one has heard it. */
  async function spreadOf(tabs: readonly Tab[], type: Heard['type']): Promise<number> {
    const times = await Promise.all(tabs.map(async (tab) => (await tab.heard(type)).at(-1)!.at));
    return Math.max(...times) - Math.min(...times);
  }

  it.each([2, 3, 10])(
    'C-13 %i tabs see sign-in, extension, sign-out and revoke within 250 ms',
    async (count) => {
      const context = await browser().newContext();
      const { email, id } = await world.account();
      const tabs = await open(count, context);
      const [first] = tabs;
      const all = (state: string): Promise<unknown> =>
        Promise.all(tabs.map((tab) => tab.untilState(state)));
      const round = async (): Promise<number[]> => {
        await first!.signIn(email);
        await all('active');
        const spreads = [await spreadOf(tabs, 'signedin')];
        world.clock.advance(2_000);
        const begun = Date.now();
        expect(await first!.run(({ client }) => client.extend())).toBe(true);
        const isNew = ({ heard }: { heard: readonly Heard[] }, since: number): boolean =>
          heard.some(({ type, at }) => type === 'token' && at >= since);
        await Promise.all(tabs.map((tab) => tab.until(isNew, begun)));
        spreads.push(await spreadOf(tabs, 'token'));
        await first!.run(({ client }) => client.signOut());
        await all('signed-out');
        spreads.push(await spreadOf(tabs, 'ended'));
        await first!.signIn(email);
        await all('active');
        await world.server.api.post(`/admin/users/${id}/revoke`, {}, world.admin);
        await all('signed-out');
        return [...spreads, await spreadOf(tabs, 'ended')];
      };
      // Twelve processes on two cores: what is slow by itself is slow each time.
      const quickest: number[] = [];
      let rounds = 0;
      do {
        rounds++;
        for (const [i, spread] of (await round()).entries()) {
          quickest[i] = Math.min(quickest[i] ?? Infinity, spread);
        }
      } while (rounds < 3 && Math.max(...quickest) > 250);
      expect(Math.max(...quickest)).toBeLessThanOrEqual(250);
      // C-14: in each round one for the sign-out and one for the revoke.
      for (const tab of tabs) expect(await tab.heard('ended')).toHaveLength(2 * rounds);
      await context.close();
    },
  );

  it('C-14 each ends once, with many 401s and a push at the same time', async () => {
    const context = await browser().newContext();
    const { email, id } = await world.account();
    const tabs = await open(3, context);
    await tabs[0]!.signIn(email);
    await Promise.all(tabs.map((tab) => tab.untilState('active')));
    const revoked = world.server.api.post(
      `/admin/users/${id}/suspend`,
      { reason: 'test' },
      world.admin,
    );
    await Promise.all(
      tabs.map((tab) =>
        tab.run(async ({ client }, url) => {
          const requests = Array.from({ length: 40 }, () => client.fetch(url));
          await Promise.allSettled(requests);
        }, `${world.server.url}/users/me`),
      ),
    );
    await revoked;
    await Promise.all(tabs.map((tab) => tab.untilState('signed-out')));
    for (const tab of tabs) {
      const ended = await tab.heard('ended');
      expect(ended.map(({ event }) => event['reason'])).toEqual(['revoked']);
    }
    await context.close();
  });

  it.each(['tab', 'memory'] as const)(
    'C-15 a link with noopener is signed in within 100 ms (%s)',
    async (storage) => {
      const context = await browser().newContext();
      const first = await Tab.open(context, world, { storage });
      await first.signIn((await world.account()).email);
      const openAnother = async (): Promise<number> => {
        const opened = context.waitForEvent('page');
        await first.run(
          (_test, address) => void globalThis.open(address, '_blank', 'noopener'),
          addressOf(world, { storage }),
        );
        const page = await opened;
        await page.waitForLoadState();
        const second = new Tab(page);
        await second.untilState('active');
        return second.run(async ({ client, heard, madeAt }) => {
          await client.ready;
          const active = heard.find(({ event }) => event['to'] === 'active');
          return active!.at - madeAt;
        });
      };
      // The quickest of three: what is measured is the client, not what else the machine does.
      const took = Math.min(await openAnother(), await openAnother(), await openAnother());
      expect(took).toBeLessThanOrEqual(100);
      await context.close();
    },
  );

  it.each([
    ['tab', 'active'],
    ['local', 'active'],
    ['memory', 'signed-out'],
  ] as const)('C-16 a reload of the only tab with %s: %s', async (storage, state) => {
    const context = await browser().newContext();
    const tab = await Tab.open(context, world, { storage });
    await tab.signIn((await world.account()).email);
    await tab.page.reload();
    expect(await tab.run(({ client }) => client.ready)).toBe(state);
    await context.close();
  });

  it('C-19 a sign-in as somebody else reloads the other tab, or tells it', async () => {
    const context = await browser().newContext();
    const reloading = await Tab.open(context, world);
    const telling = await Tab.open(context, world, { onUserChange: 'event' });
    const signing = await Tab.open(context, world);
    await signing.signIn((await world.account()).email);
    await Promise.all([reloading.untilState('active'), telling.untilState('active')]);
    world.clock.advance(2_000);
    const { email } = await world.account();
    const reloaded = reloading.page.waitForEvent('load');
    await signing.signIn(email);
    await reloaded;
    await reloading.untilState('active');
    const who = (tab: Tab): Promise<string | undefined> =>
      tab.run(({ client }) => client.session?.user.email);
    expect([await who(reloading), await who(telling)]).toEqual([email, email]);
    expect(await telling.heard('userchanged')).toHaveLength(1);
    await context.close();
  });

  it('C-36 a change of password in one tab, a hundred times, signs nobody out', async () => {
    const context = await browser().newContext();
    const [changing, asking] = [await Tab.open(context, world), await Tab.open(context, world)];
    await changing.signIn((await world.account()).email);
    await asking.untilState('active');
    const stop = asking.run(async (test, url) => {
      const statuses: Record<string, number> = {};
      while (!(test as { isOver?: boolean }).isOver) {
        const { status } = await test.client.fetch(url);
        statuses[status] = (statuses[status] ?? 0) + 1;
      }
      return statuses;
    }, `${world.server.url}/users/me`);
    const changes = await changing.run(
      async ({ client }, { url, first }) => {
        const statuses: number[] = [];
        let currentPassword = first;
        for (let i = 0; i < 100; i++) {
          const newPassword = `${first} ${String(i)}`;
          const body = JSON.stringify({ currentPassword, newPassword });
          const headers = { 'Content-Type': 'application/json' };
          const { status } = await client.fetch(url, { method: 'POST', headers, body });
          statuses.push(status);
          currentPassword = newPassword;
        }
        return statuses;
      },
      { url: `${world.server.url}/users/me/password`, first: password },
    );
    await asking.run((test) => void Object.assign(test, { isOver: true }));
    expect(changes).toEqual(changes.map(() => 204));
    const statuses = await stop;
    for (const tab of [changing, asking]) {
      expect([await tab.state(), await tab.heard('ended')]).toEqual(['active', []]);
    }
    // One whose second try was overtaken by the next change has its 401 (C-06), and ends nothing.
    const { 200: answered = 0, 401: overtaken = 0, ...others } = statuses;
    expect(others).toEqual({});
    expect(overtaken).toBeLessThan(answered / 10);
    await context.close();
    // A hundred changes are two hundred hashes of a password.
  }, 240_000);
});
