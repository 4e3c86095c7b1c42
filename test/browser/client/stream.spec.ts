// The server's push in a real browser: one stream for all tabs, and the page shuts at once.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { OpenConnections } from '@portcullis/auth';
import { eventually } from '../../support/eventually.js';
import { describeWithChromium } from '../../support/services/describe-with.js';
import { useBrowser } from '../support/browser.js';
import { startWorld, Tab, type ClientWorld } from '../support/client-world.js';

/** @throws when it is none of them */
async function holderOf(tabs: readonly Tab[]): Promise<Tab> {
  for (const tab of tabs) {
    const isHolder = await tab.page.evaluate(async () => {
      const { locks } = navigator;
      return locks.request('who am I', async () => {
        const { held = [] } = await locks.query();
        const clientOf = (wanted: string): string | undefined =>
          held.find(({ name }) => name === wanted)?.clientId;
        return clientOf('who am I') === clientOf('portcullis:default:push');
      });
    });
    if (isHolder) return tab;
  }
  throw new Error('none of these tabs holds the stream');
}

describeWithChromium('the stream', () => {
  const browser = useBrowser();
  let world: ClientWorld;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());

  const streams = (): number => world.server.app.get(OpenConnections).size;
  const isOpen = (): Promise<void> => eventually(() => streams() === 1);

  it('C-24 a suspension is on the screen within a second', async () => {
    const context = await browser().newContext();
    const tab = await Tab.open(context, world);
    const times: number[] = [];
    for (let i = 0; i < 20; i++) {
      const { email, id } = await world.account();
      await tab.signIn(email);
      await isOpen();
      const begun = Date.now();
      await world.server.api.post(`/admin/users/${id}/suspend`, { reason: 'test' }, world.admin);
      await tab.untilState('signed-out');
      const [last] = (await tab.heard('ended')).slice(-1);
      expect(last?.event).toMatchObject({ reason: 'revoked', origin: 'push' });
      times.push(last!.at - begun);
      await eventually(() => streams() === 0);
    }
    expect(times.sort((a, b) => a - b)[18]).toBeLessThan(1_000);
    await context.close();
  });

  it('C-24 is the new session’s after a sign-in over another one', async () => {
    const context = await browser().newContext();
    const tabs = [await Tab.open(context, world), await Tab.open(context, world)];
    await tabs[0]!.signIn((await world.account()).email);
    await Promise.all(tabs.map((tab) => tab.untilState('active')));
    await isOpen();
    world.clock.advance(2_000);
    const { email, id } = await world.account();
    const reloaded = tabs[1]!.page.waitForEvent('load');
    const session = await tabs[0]!.signIn(email);
    await reloaded;
    await tabs[1]!.until(({ client }, wanted) => client.session?.id === wanted, session);
    await isOpen();
    const begun = Date.now();
    await world.server.api.post(`/admin/users/${id}/suspend`, { reason: 'test' }, world.admin);
    await Promise.all(tabs.map((tab) => tab.untilState('signed-out')));
    const times = await Promise.all(tabs.map(async (tab) => (await tab.heard('ended'))[0]!.at));
    expect(Math.max(...times) - begun).toBeLessThan(1_000);
    await context.close();
  });

  it('C-25 ten tabs on HTTP/1.1 have one, and requests keep flowing; C-26 it slides nothing', async () => {
    const context = await browser().newContext();
    const tabs = await Promise.all(Array.from({ length: 10 }, () => Tab.open(context, world)));
    await tabs[0]!.signIn((await world.account()).email);
    await Promise.all(tabs.map((tab) => tab.untilState('active')));
    await isOpen();
    const before = await tabs[0]!.run(({ client }) => client.remaining()!.idleMs);
    world.clock.advance(60_000);
    const url = `${world.server.url}/users/me`;
    const asked = Date.now();
    const answers = await Promise.all(tabs.map((tab) => tab.fetch(url, { activity: 'passive' })));
    expect(answers.map(({ status }) => status)).toEqual(tabs.map(() => 200));
    expect(Date.now() - asked).toBeLessThan(3_000);
    expect(streams()).toBe(1);
    // The stream was open all the time: the end has come nearer by what has passed.
    await tabs[0]!.run(({ client }) => client.check());
    const after = await tabs[0]!.run(({ client }) => client.remaining()!.idleMs);
    expect(before - after).toBeGreaterThan(59_000);
    await context.close();
    await eventually(() => streams() === 0);
  });

  it('C-25 a holder that is closed is followed at once, one that is stopped within 25 s', async () => {
    const context = await browser().newContext();
    const tabs = [
      await Tab.open(context, world),
      await Tab.open(context, world),
      await Tab.open(context, world),
    ];
    await tabs[0]!.signIn((await world.account()).email);
    await Promise.all(tabs.map((tab) => tab.untilState('active')));
    await isOpen();
    const first = await holderOf(tabs);
    const others = tabs.filter((tab) => tab !== first);
    await first.page.close();
    await eventually(async () => others.includes(await holderOf(others)), 2_000);
    await isOpen();
    const second = await holderOf(others);
    const rest = others.filter((tab) => tab !== second);
    const session = await context.newCDPSession(second.page);
    // Stops at its next step: no timer, no stream and no message gets on.
    await session.send('Debugger.enable');
    await session.send('Debugger.pause');
    await eventually(async () => rest.includes(await holderOf(rest)), 25_000);
    await session.send('Debugger.disable');
    await context.close();
  });
});
