// Several tabs of one browser hold one session.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWithChromium } from '../../support/services/describe-with.js';
import { useBrowser } from '../support/browser.js';
import { startWorld, Tab, type ClientWorld } from '../support/client-world.js';

describeWithChromium('tabs', () => {
  const browser = useBrowser();
  let world: ClientWorld;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.close());

  it.each([2, 3, 10])('C-13 %i tabs see a sign-in, an extension and a sign-out', async (count) => {
    const context = await browser().newContext();
    const { email } = await world.account();
    const tabs = await Promise.all(Array.from({ length: count }, () => Tab.open(context, world)));
    const [first, ...others] = tabs;
    await first!.signIn(email);
    await Promise.all(others.map((tab) => tab.untilState('active')));
    await first!.run(({ client }) => client.signOut());
    await Promise.all(others.map((tab) => tab.untilState('signed-out')));
    for (const tab of tabs) expect(await tab.heard('ended')).toHaveLength(1);
    await context.close();
  });
});
