// Somebody who works keeps his session; a page that is only open does not.
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { base } from '../testing/fake-server.js';
import { World, type TestTab } from '../testing/world.js';

let world: World;
beforeEach(() => {
  world = new World(jest);
});
afterEach(() => world.close());

const extend = 'POST /auth/session/extend';

async function type(tab: TestTab, seconds: number, everyMs = 500): Promise<void> {
  for (let ms = 0; ms < seconds * 1000; ms += everyMs) {
    tab.page.dispatchEvent(new Event('keydown'));
    await world.time.pass(everyMs);
  }
}

it('C-21 typing for an hour keeps the session, with an extension in 30 s at most', async () => {
  const tab = await world.signedIn({ autoExtend: { below: 0.99 }, push: 'off' });
  const other = await world.open({ autoExtend: { below: 0.99 }, push: 'off' });
  await type(tab, 1_800);
  // And on in another tab of the same browser: it does not start anew.
  await type(other, 1_800);
  expect([tab.client.state, tab.of('warning'), tab.of('ended')]).toEqual(['active', [], []]);
  const count = world.server.count(extend);
  expect(count).toBeGreaterThan(100);
  expect(count).toBeLessThanOrEqual(120);
});

it('C-21 a second tab does not extend what the first one has just extended', async () => {
  const options = { autoExtend: { below: 1 }, push: 'off' } as const;
  const [one, two] = [await world.signedIn(options), await world.open(options)];
  await type(one, 31);
  expect(world.server.count(extend)).toBe(1);
  await type(two, 20);
  expect(world.server.count(extend)).toBe(1);
});

it('C-21 by default only when half of the time is gone', async () => {
  const tab = await world.signedIn({ push: 'off' });
  await type(tab, 299);
  expect(world.server.count(extend)).toBe(0);
  await type(tab, 3);
  expect(world.server.count(extend)).toBe(1);
  await type(tab, 3_300);
  expect(tab.client.state).toBe('active');
});

it('C-21 nobody types: it ends on time', async () => {
  const { client, of } = await world.signedIn();
  await world.time.pass(602_000);
  expect([client.state, of('ended')]).toMatchObject(['signed-out', [{ reason: 'idle' }]]);
  expect(world.server.count(extend)).toBe(0);
});

it('C-20 a poll each 5 s with nobody there does not keep the session', async () => {
  const { client, of } = await world.signedIn();
  for (let s = 0; s < 700 && client.state !== 'signed-out'; s += 5) {
    void client.fetch(`${base}/orders`);
    await world.time.pass(5_000);
  }
  expect(of('ended')).toMatchObject([{ reason: 'idle' }]);
});

it('C-20 nor when the clock is set back meanwhile', async () => {
  const { client, of } = await world.signedIn({ push: 'off' });
  await world.time.pass(10_000);
  world.time.setBy(-3_600_000);
  for (let s = 0; s < 700 && client.state !== 'signed-out'; s += 5) {
    void client.fetch(`${base}/orders`);
    await world.time.pass(5_000);
  }
  expect(of('ended')).toMatchObject([{ reason: 'idle' }]);
});

it('C-20 nor when the machine sleeps meanwhile: the first poll after that is passive', async () => {
  const { client } = await world.signedIn({ push: 'off' });
  world.time.sleep(61_000);
  await client.fetch(`${base}/orders`);
  expect(world.server.requests.at(-1)).toMatchObject({ activity: 'passive' });
});

it('C-21 typing keeps it also when the clock is set back', async () => {
  const tab = await world.signedIn({ push: 'off' });
  await type(tab, 310);
  expect(world.server.count(extend)).toBe(1);
  world.time.setBy(-3_600_000);
  await type(tab, 1_200);
  expect([tab.client.state, tab.of('warning')]).toEqual(['active', []]);
});

it('C-22 no input extends while the warning is shown', async () => {
  const tab = await world.signedIn();
  await world.time.pass(485_000);
  expect(tab.client.state).toBe('warning');
  await type(tab, 60);
  expect([world.server.count(extend), tab.client.state]).toEqual([0, 'warning']);
});

it('C-23 nothing is extended where only the absolute end is ahead', async () => {
  world.server.sessionTtl = 600;
  const tab = await world.signedIn({ autoExtend: { below: 0.9 } });
  await type(tab, 250);
  expect([world.server.count(extend), tab.client.remaining()?.extendable]).toEqual([0, false]);
});

it('autoExtend: false never does', async () => {
  const tab = await world.signedIn({ autoExtend: false });
  await type(tab, 470);
  expect(world.server.count(extend)).toBe(0);
});

it('counts the events it is told to', async () => {
  const tab = await world.signedIn({ autoExtend: { events: ['mousemove'] } });
  await world.time.pass(400_000);
  tab.page.dispatchEvent(new Event('keydown'));
  await world.time.pass(0);
  expect(world.server.count(extend)).toBe(0);
  tab.page.dispatchEvent(new Event('mousemove'));
  await world.time.pass(0);
  expect(world.server.count(extend)).toBe(1);
});
