// Back to a page that the browser had put away: what happened meanwhile happened on another one.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { FakePage } from './testing/fake-browser.js';
import { base } from './testing/fake-server.js';
import { problemDocument } from './testing/refusals.js';
import { World, type TestTab } from './testing/world.js';

let world: World;
beforeEach(() => {
  world = new World(jest);
});
afterEach(() => world.close());

const options = { push: 'off' } as const;

/** The next page in the same tab: the storage of the tab is theirs together. */
async function leaveFor(page: FakePage): Promise<TestTab> {
  page.dispatchEvent(new Event('pagehide'));
  const { sessionStorage } = page;
  return world.open(options, Object.assign(world.browser.tab(), { sessionStorage }));
}

/** Of a page in that cache no timer fires: what passes meanwhile passes as sleep does. */
async function goBack(from: TestTab, page: FakePage): Promise<void> {
  from.client.close();
  page.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  await world.time.pass(200);
}

describe('out of the Back button’s cache a page', () => {
  it('C-30 whose token has expired goes on with the one that the next page left', async () => {
    const { client, page, of } = await world.signedIn(options);
    const next = await leaveFor(page);
    for (let i = 0; i < 3; i++) {
      world.time.sleep(240_000);
      expect(await next.client.extend()).toBe(true);
    }
    const newest = next.client.authorize(base)['Authorization']!.slice(7);
    await goBack(next, page);
    expect([client.state, of('ended')]).toEqual(['active', []]);
    expect(client.authorize(base)['Authorization']).toBe(`Bearer ${newest}`);
    expect([...page.sessionStorage.items.values()][0]).toContain(newest);
  });

  it('C-19 of one user is loaded anew when the next page is another’s', async () => {
    const { page, of } = await world.signedIn(options);
    const next = await leaveFor(page);
    world.time.sleep(2_000);
    await next.signIn('noah@example.com');
    await goBack(next, page);
    expect(page.reloads).toBe(1);
    expect(of('userchanged')).toMatchObject([{ to: 'noah@example.com' }]);
  });

  it('that cannot ask has its stream again all the same', async () => {
    const { page } = await world.signedIn();
    await world.time.pass(10);
    const next = await leaveFor(page);
    expect(world.server.streamCount).toBe(0);
    world.server.before = async (request) =>
      request.url.endsWith('/auth/session') ? problemDocument(503, 'unavailable') : undefined;
    await goBack(next, page);
    expect(world.server.streamCount).toBe(1);
  });

  it('of nobody knows who has signed in meanwhile, and asks nothing when it is nobody', async () => {
    const { client, page } = await world.open(options);
    const asked = world.server.requests.length;
    await goBack(await leaveFor(page), page);
    expect([client.state, world.server.requests.length]).toEqual(['signed-out', asked]);
    const next = await leaveFor(page);
    await next.signIn();
    await goBack(next, page);
    expect(client.session?.user.email).toBe('mia@example.com');
  });
});
