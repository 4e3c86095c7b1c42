// What is known of requests under way.
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { base } from '../testing/fake-server.js';
import { World } from '../testing/world.js';
import { begin, createContext, finish } from './context.js';

let world: World;
beforeEach(() => {
  world = new World(jest);
});
afterEach(() => world.close());

it('forgets the requests whose end nobody tells, as of a socket that took the headers', async () => {
  const { clock } = world.time;
  const context = createContext({ baseUrl: base, clock }, world.browser.tab());
  for (let s = 0; s < 100; s++) {
    begin(context, { Authorization: `Bearer ${String(s)}` });
    await world.time.pass(1_000);
  }
  expect(context.underWay.size).toBeLessThan(10);
  const last = {};
  begin(context, last);
  finish(context, last);
  expect(context.underWay.has(last)).toBe(false);
});
