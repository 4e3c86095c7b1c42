// To whom a token goes, and what of the answers a page may read, between real origins.
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { tokenPartsIn } from '../../../libs/client/src/testing/token-parts.js';
import { describeWithChromium } from '../../support/services/describe-with.js';
import { useBrowser } from '../support/browser.js';
import { startWorld, Tab, type ClientWorld } from '../support/client-world.js';

describeWithChromium('requests', () => {
  const browser = useBrowser();
  let world: ClientWorld;
  let tab: Tab;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    const context = await browser().newContext();
    tab = await Tab.open(context, world, { apiOrigins: [world.service.origin] });
    await tab.signIn((await world.account()).email);
  });

  const token = (): Promise<string> =>
    tab.run(({ client }, url) => client.authorize(url)['Authorization'] ?? '', world.server.url);

  it('C-01 a redirect to another origin carries no token', async () => {
    const to = (origin: string): string =>
      `${world.service.origin}/to?url=${encodeURIComponent(`${origin}/echo`)}`;
    const authorizationAt = async (origin: string): Promise<unknown> =>
      JSON.parse((await tab.fetch(to(origin))).text);
    // To the same origin it goes along: what is looked at here could be seen.
    expect(await authorizationAt(world.service.origin)).toEqual({ authorization: await token() });
    expect(await authorizationAt(world.billing.origin)).toEqual({ authorization: null });
  });

  it('C-02 the token is in no address, no element and no line of the console', async () => {
    const said: string[] = [];
    tab.page.on('console', (message) => said.push(message.text()));
    tab.page.on('request', (request) => said.push(request.url()));
    const first = await token();
    world.clock.advance(2_000);
    await tab.fetch(`${world.server.url}/users/me`);
    await tab.run(({ client }) => client.extend());
    const last = await token();
    const page = await tab.page.content();
    await tab.run(({ client }) => client.signOut());
    const text = [
      ...said,
      page,
      tab.page.url(),
      JSON.stringify(await tab.run(({ heard }) => heard)),
    ].join();
    const tokens = [first, last].map((header) => header.slice('Bearer '.length));
    expect(last).not.toBe(first);
    expect(tokenPartsIn(text, tokens)).toEqual([]);
    expect(said.some((line) => line.includes('/auth/session/extend'))).toBe(true);
  });

  it('C-07 an answer that CORS keeps from the page ends nothing, nor a 401 of somebody’s own', async () => {
    const blocked = tab.fetch(`${world.service.origin}/no-cors`);
    await expect(blocked).rejects.toThrow('Failed to fetch');
    expect((await tab.fetch(`${world.service.origin}/own-401`)).status).toBe(401);
    expect(await tab.state()).toBe('active');
    expect(await tab.heard('ended')).toEqual([]);
  });

  it('C-32 a service that exposes no header is one problem, with the line to add', async () => {
    await tab.fetch(`${world.service.origin}/silent`);
    await tab.fetch(`${world.service.origin}/silent`);
    const problems = await tab.heard('problem');
    expect(problems.map(({ event }) => event)).toEqual([
      {
        code: 'header-not-exposed',
        detail: expect.stringContaining('Access-Control-Expose-Headers'),
      },
    ]);
  });

  it('the server exposes what is needed: the newest token is kept across origins', async () => {
    const before = await token();
    world.clock.advance(11_000);
    await tab.fetch(`${world.server.url}/users/me`);
    expect(await token()).not.toBe(before);
    expect(await tab.heard('problem')).toEqual([]);
  });

  it('C-20 a poll with nobody there is passive, and the session ends on time', async () => {
    const idle = await Tab.open(tab.page.context(), world, { activeWindowMs: 0, push: 'off' });
    for (let s = 0; s < 600; s += 60) {
      expect((await idle.fetch(`${world.server.url}/users/me`)).status).toBe(200);
      world.clock.advance(60_000);
    }
    expect((await idle.fetch(`${world.server.url}/users/me`)).status).toBe(401);
    await idle.untilState('signed-out');
    expect((await idle.heard('ended')).map(({ event }) => event['reason'])).toEqual(['idle']);
  });
});
