import { afterEach, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { RedisConnection } from '@portcullis/auth';
import { AttemptCounters } from '../../src/throttle/counters/attempt-counters.js';
import { FakeClock } from '../support/fake-clock.js';
import { describeWithRedis, getRedisUrl } from '../support/services/describe-with.js';

/** Attempts counted by several nodes together, in a real Redis. */

const limit = { attempts: 5, windowMs: 60_000 };
const open: RedisConnection[] = [];

async function node(url = getRedisUrl()): Promise<AttemptCounters> {
  const redis = new RedisConnection(url, new FakeClock(Date.now()));
  open.push(redis);
  for (let i = 0; i < 100; i++) {
    const ready = await redis
      .run((client) => client.ping())
      .then(
        () => true,
        () => false,
      );
    if (ready) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return new AttemptCounters(new FakeClock(), redis);
}

afterEach(() => {
  for (const redis of open.splice(0)) redis.close();
});

const newKey = (): string => randomBytes(12).toString('hex');

describeWithRedis('attempts on several nodes', () => {
  it('a thousand at once on four nodes get no more than the limit', async () => {
    const nodes = await Promise.all([node(), node(), node(), node()]);
    const key = newKey();
    const attempts = nodes.flatMap((one) =>
      Array.from({ length: 250 }, () => one.take(key, limit)),
    );
    const taken = await Promise.all(attempts);
    expect(taken.filter((count) => count.isGranted)).toHaveLength(5);
  });

  it('what one node counted the other knows, and what it took back too', async () => {
    const [one, other] = [await node(), await node()];
    const key = newKey();
    for (let i = 0; i < 5; i++) await one.take(key, limit);
    expect(await other.take(key, limit)).toMatchObject({ isGranted: false, attempts: 5 });
    one.giveBack(key);
    await one.take(newKey(), limit); // behind it on the same connection
    expect((await other.take(key, limit)).isGranted).toBe(true);
  });

  it('without Redis each node counts for itself: nobody is locked out, nobody tries without limit', async () => {
    const redis = new RedisConnection('redis://127.0.0.1:1', new FakeClock());
    open.push(redis);
    const counters = new AttemptCounters(new FakeClock(), redis);
    const key = newKey();
    const granted = await Promise.all(Array.from({ length: 20 }, () => counters.take(key, limit)));
    expect(granted.filter((count) => count.isGranted)).toHaveLength(5);
  });
});
