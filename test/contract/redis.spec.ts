// Redis may be down, slow, silent, emptied or locked: nothing hangs, nothing throws, nothing leaks.
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { RedisConnection, SharedCache, SystemClock } from '@portcullis/auth';
import { eventually } from '../support/eventually.js';
import { failingRedis } from '../support/failing-redis.js';
import { FakeClock } from '../support/fake-clock.js';
import { describeWithRedis } from '../support/services/describe-with.js';

const cleanUps: (() => unknown)[] = [];
const { startRedis, startProxy } = failingRedis(cleanUps);
let lines: string[] = [];

beforeEach(() => {
  lines = [];
  const write = (message: unknown): void => void lines.push(String(message));
  Logger.overrideLogger({ log: write, warn: write, error: write });
});

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

function connect(url: string, clock = new SystemClock()): RedisConnection {
  const connection = new RedisConnection(url, clock);
  cleanUps.push(() => connection.close());
  return connection;
}

const ping = (redis: RedisConnection): Promise<string> => redis.run((client) => client.ping());

const answers = (redis: RedisConnection): Promise<boolean> =>
  ping(redis).then(
    () => true,
    () => false,
  );

const urlOf = (port: number, credentials = ''): string => `redis://${credentials}127.0.0.1:${port}`;

/** How long it took; it must not throw. */
async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

describeWithRedis('the second level', () => {
  it('keeps values for every node, under our prefix, until their time is over', async () => {
    const { port } = await startRedis();
    const redis = connect(urlOf(port));
    await eventually(() => answers(redis));
    const [one, other] = [new SharedCache(redis), new SharedCache(connect(urlOf(port)))];
    one.set('a', { deep: [1, 'x', null] }, 60_000);
    await eventually(async () => (await other.get('a')) !== undefined);
    expect(await other.get('a')).toEqual({ deep: [1, 'x', null] });
    expect(await redis.run((client) => client.keys('*'))).toEqual(['portcullis:a']);
    const left = await redis.run((client) => client.pTTL('portcullis:a'));
    expect(left).toBeGreaterThan(59_000);
    expect(left).toBeLessThanOrEqual(60_000);
    await other.delete('a');
    expect(await one.get('a')).toBeUndefined();
  });

  it.each([0, -1, 0.5, Number.NaN])('never keeps a value for ever: time %d', async (ttl) => {
    const redis = connect(urlOf((await startRedis()).port));
    await eventually(() => answers(redis));
    new SharedCache(redis).set('a', 1, ttl);
    expect(await redis.run((client) => client.keys('*'))).toEqual([]);
  });

  it('takes what is no JSON for a miss', async () => {
    const redis = connect(urlOf((await startRedis()).port));
    await eventually(() => answers(redis));
    await redis.run((client) => client.set('portcullis:a', '{'));
    await redis.run((client) => client.lPush('portcullis:b', 'not a string'));
    const cache = new SharedCache(redis);
    expect([await cache.get('a'), await cache.get('b')]).toEqual([undefined, undefined]);
  });
});

describeWithRedis('an outage of Redis', () => {
  it('at start stops nothing, is one line of the log, and ends by itself', async () => {
    const server = await startRedis();
    await server.down();
    const redis = connect(urlOf(server.port));
    const cache = new SharedCache(redis);
    const calls = Array.from({ length: 50 }, () => cache.get('a'));
    cache.set('a', 1, 1000);
    expect(await time(() => Promise.all([...calls, cache.delete('a')]))).toBeLessThan(500);
    await eventually(() => lines.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(lines).toEqual([expect.stringMatching(/^Redis does not answer \(.*ECONNREFUSED/)]);
    await server.up();
    await eventually(() => answers(redis));
    expect(lines.slice(1)).toEqual(['Redis answers: counters and cache are shared']);
  });

  it('in the middle makes every read a miss, at once', async () => {
    const server = await startRedis();
    const redis = connect(urlOf(server.port));
    await eventually(() => answers(redis));
    const cache = new SharedCache(redis);
    cache.set('a', 1, 60_000);
    expect(await cache.get('a')).toBe(1);
    await server.down();
    for (let i = 0; i < 10; i++) {
      expect(await time(async () => expect(await cache.get('a')).toBeUndefined())).toBeLessThan(
        300,
      );
    }
    await server.up();
    await eventually(() => answers(redis));
    expect(await cache.get('a')).toBeUndefined();
  });

  it('by FLUSHALL is a miss', async () => {
    const redis = connect(urlOf((await startRedis()).port));
    await eventually(() => answers(redis));
    const cache = new SharedCache(redis);
    cache.set('a', 1, 60_000);
    expect(await cache.get('a')).toBe(1);
    await redis.run((client) => client.flushAll());
    expect(await cache.get('a')).toBeUndefined();
  });
});

describeWithRedis('a slow Redis', () => {
  it('costs five calls 150 ms each, and then nothing for a second', async () => {
    const proxy = await startProxy(await startRedis());
    const clock = new FakeClock();
    const redis = connect(urlOf(proxy.port), clock);
    await eventually(() => answers(redis));
    proxy.delayMs = 400;
    for (let i = 0; i < 5; i++) {
      const ms = await time(() => answers(redis));
      expect(ms).toBeGreaterThan(140);
      expect(ms).toBeLessThan(300);
    }
    expect(
      await time(() => Promise.all(Array.from({ length: 100 }, () => answers(redis)))),
    ).toBeLessThan(140);
    clock.advance(999);
    await expect(ping(redis)).rejects.toThrow('left alone');
    clock.advance(1);
    await expect(ping(redis)).rejects.toThrow('no answer within 150 ms');
    // One failure after the pause is enough for the next.
    await expect(ping(redis)).rejects.toThrow('left alone');
    proxy.delayMs = 0;
    clock.advance(1000);
    await eventually(async () => {
      clock.advance(1000);
      return answers(redis);
    });
    expect(lines).toEqual([
      'Redis answers: counters and cache are shared',
      'Redis does not answer (no answer within 150 ms): this process goes on alone',
      'Redis answers: counters and cache are shared',
    ]);
  });

  it('that is gone without a word is connected to anew', async () => {
    const proxy = await startProxy(await startRedis());
    const clock = new FakeClock();
    const redis = connect(urlOf(proxy.port), clock);
    await eventually(() => answers(redis));
    proxy.hold();
    expect(await answers(redis)).toBe(false);
    proxy.passNewOnes();
    clock.advance(2999);
    expect(await answers(redis)).toBe(false);
    expect(proxy.connections).toBe(1);
    clock.advance(1);
    expect(await answers(redis)).toBe(false);
    await eventually(() => answers(redis));
    proxy.release();
    await eventually(() => proxy.connections === 1);
  });

  it('that takes connections and says nothing is connected to anew', async () => {
    const proxy = await startProxy(await startRedis());
    proxy.hold();
    const redis = connect(urlOf(proxy.port));
    await eventually(() => proxy.connections === 1);
    proxy.passNewOnes();
    expect(await time(() => answers(redis))).toBeLessThan(300);
    await eventually(() => answers(redis));
    proxy.release();
    await eventually(() => proxy.connections === 1);
  });
});

describeWithRedis('the URL of Redis', () => {
  it('with a wrong password is no reason to stop, and the password is not logged', async () => {
    const server = await startRedis();
    const administrator = connect(urlOf(server.port));
    await eventually(() => answers(administrator));
    await administrator.run((client) => client.configSet('requirepass', 'the right one'));
    lines = [];
    const redis = connect(urlOf(server.port, ':hunter2@'));
    expect(await time(() => answers(redis))).toBeLessThan(500);
    await eventually(() => lines.length > 0);
    expect(lines).toEqual([expect.stringMatching(/WRONGPASS/)]);
    expect(lines.join()).not.toContain('hunter2');
    const right = connect(urlOf(server.port, `:${encodeURIComponent('the right one')}@`));
    await eventually(() => answers(right));
  });

  it.each(['redis://:hunter2@:x', 'redis://u:hunter2@h/none', 'redis://:hunter2%@h'])(
    'is refused without being repeated: %s',
    (url) => {
      expect(() => connect(url)).toThrow(/^REDIS_URL: must have the form redis:/);
      try {
        connect(url);
      } catch (error) {
        expect((error as Error).stack).not.toContain('hunter2@');
        expect((error as Error).cause).toBeUndefined();
      }
    },
  );
});

describeWithRedis('closing', () => {
  it('does not wait for a Redis that hangs, and leaves no connection', async () => {
    const proxy = await startProxy(await startRedis());
    const redis = connect(urlOf(proxy.port));
    await eventually(() => answers(redis));
    proxy.hold();
    const waiting = answers(redis);
    expect(await time(async () => redis.close())).toBeLessThan(140);
    expect(await waiting).toBe(false);
    proxy.release();
    await eventually(() => proxy.connections === 0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(proxy.connections).toBe(0);
    expect(await time(() => answers(redis))).toBeLessThan(140);
    expect(lines).toHaveLength(1);
  });

  it.each([0, 1, 5, 20])('leaves no connection that was being made, after %d ms', async (ms) => {
    const proxy = await startProxy(await startRedis());
    const redis = connect(urlOf(proxy.port));
    await new Promise((resolve) => setTimeout(resolve, ms));
    redis.close();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(proxy.connections).toBe(0);
  });

  it('ends a connection that was never answered', async () => {
    const proxy = await startProxy(await startRedis());
    proxy.hold();
    const redis = connect(urlOf(proxy.port));
    await eventually(() => proxy.connections === 1);
    redis.close();
    proxy.release();
    await eventually(() => proxy.connections === 0);
  });
});
