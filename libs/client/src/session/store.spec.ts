// What outlives a reload, and what becomes of a browser that stores nothing.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { SessionClientOptions } from '../session-client.js';
import type { FakePage } from '../testing/fake-browser.js';
import { base } from '../testing/fake-server.js';
import { World, type TestTab } from '../testing/world.js';

let world: World;
beforeEach(() => {
  world = new World(jest);
});
afterEach(() => world.close());

/** The same page once more: its storage is what is left of it. */
async function reload(tab: TestTab, options: Partial<SessionClientOptions>): Promise<TestTab> {
  tab.client.close();
  return world.open(options, tab.page);
}

it.each(['tab', 'local', 'memory'] as const)('C-16 a reload with %s', async (storage) => {
  const tab = await world.signedIn({ storage });
  const again = await reload(tab, { storage });
  expect(again.client.state).toBe(storage === 'memory' ? 'signed-out' : 'active');
  expect(again.client.session?.user.email).toBe(
    storage === 'memory' ? undefined : 'mia@example.com',
  );
});

it('C-16 what has ended while no tab was open is not shown as a session', async () => {
  const tab = await world.signedIn({ storage: 'local' });
  world.server.revoke(tab.client.session!.id);
  const again = await reload(tab, { storage: 'local' });
  await world.time.pass(100);
  expect(await again.client.ready).toBe('signed-out');
  expect(again.of('ended')).toMatchObject([{ reason: 'revoked' }]);
});

it.each([
  ['idle', 0, 600_000],
  ['absolute', 5, 28_800_000],
] as const)('T-32 tells after a reload too how long was allowed: %s', async (reason, hours, ms) => {
  const tab = await world.signedIn({ storage: 'local', push: 'off' });
  for (let minute = 0; minute < hours * 60; minute += 5) {
    await world.time.pass(300_000);
    const extended = tab.client.extend();
    await world.time.pass(0);
    await extended;
  }
  const again = await reload(tab, { storage: 'local', push: 'off' });
  while (again.client.state !== 'signed-out') {
    await world.time.pass(60_000);
    if (reason === 'absolute' && again.client.session) await again.client.extend().catch(() => 0);
  }
  expect(again.of('ended')).toMatchObject([{ reason, allowedMs: ms }]);
});

it('T-32 an end that is about no length has none', async () => {
  const tab = await world.signedIn({ push: 'off' });
  void tab.client.signOut();
  expect(tab.of('ended')).toMatchObject([{ reason: 'signed-out', allowedMs: 0 }]);
});

it('goes on from the store when the server cannot be reached', async () => {
  const tab = await world.signedIn({ storage: 'local' });
  world.server.before = () => Promise.reject(new TypeError('Failed to fetch'));
  const again = await reload(tab, { storage: 'local' });
  expect(again.client.state).toBe('active');
});

it('keeps nothing after the end', async () => {
  const { client, page } = await world.signedIn();
  expect([...page.sessionStorage.items.keys()]).toEqual(['portcullis:default']);
  void client.signOut();
  expect([...page.sessionStorage.items.keys()]).toEqual([]);
});

describe('a store that tabs share, where none can hear another', () => {
  const options = { storage: 'local', push: 'off' } as const;
  const alone = (): FakePage => Object.assign(world.browser.tab(), { BroadcastChannel: undefined });

  it('keeps what another tab has left there when the session of this one ends', async () => {
    const first = await world.open(options, alone());
    const second = await world.open(options, alone());
    await first.signIn();
    await second.signIn('noah@example.com');
    void first.client.signOut();
    expect([...world.browser.local.items.values()]).toEqual([
      expect.stringContaining('noah@example.com'),
    ]);
    void second.client.signOut();
    expect([...world.browser.local.items.keys()]).toEqual([]);
  });

  it('C-06 has the newer token for one whose own has expired', async () => {
    const first = await world.signedIn(options).then(({ page, client }) => {
      client.close();
      return world.open(options, Object.assign(page, { BroadcastChannel: undefined }));
    });
    const second = await world.open(options, alone());
    world.time.sleep(400_000);
    expect(await second.client.extend()).toBe(true);
    world.time.sleep(400_000);
    const request = first.client.fetch(`${base}/orders`);
    await world.time.pass(200);
    expect([(await request).status, first.of('ended')]).toEqual([200, []]);
  });
});

it('takes a store of the application’s own', async () => {
  const items = new Map<string, string>();
  const storage = {
    get: (key: string) => items.get(key) ?? null,
    set: (key: string, value: string) => void items.set(key, value),
    remove: (key: string) => void items.delete(key),
  };
  const tab = await world.signedIn({ storage });
  expect(items.size).toBe(1);
  expect((await reload(tab, { storage })).client.state).toBe('active');
});

it.each(['tab', 'local'] as const)(
  'C-17 %s that is blocked: memory, and one problem',
  async (storage) => {
    const page = world.browser.tab();
    page.sessionStorage.isBlocked = true;
    world.browser.local.isBlocked = true;
    const { client, of, signIn } = await world.open({ storage }, page);
    await signIn();
    await client.extend();
    expect([client.state, of('problem')]).toEqual(['active', [{ code: 'storage-blocked' }]]);
  },
);

it('C-17 storage that breaks later, or holds rubbish, is as good as none', async () => {
  const page = world.browser.tab();
  page.sessionStorage.items.set('portcullis:default', '{"token":');
  const { client, of, signIn } = await world.open({}, page);
  await signIn();
  expect([client.state, of('problem')]).toEqual(['active', [{ code: 'storage-blocked' }]]);
});
