// Without Redis. With it: test/contract/redis.spec.ts.
import { describe, expect, it } from '@jest/globals';
import { SharedCache } from './shared-cache.js';

describe('the second level in process', () => {
  it('keeps a copy of a value until it is deleted', async () => {
    const cache = new SharedCache(null);
    const value = { list: [1] };
    cache.set('a', value, 60_000);
    value.list.push(2);
    expect(await cache.get('a')).toEqual({ list: [1] });
    await cache.delete('a');
    expect(await cache.get('a')).toBeUndefined();
  });

  it('keeps values for as long as 30 days, and without a timer', async () => {
    const cache = new SharedCache(null);
    cache.set('a', 1, 30 * 24 * 3_600_000);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await cache.get('a')).toBe(1);
  });

  it('lets a value go when its time is over', async () => {
    const cache = new SharedCache(null);
    cache.set('a', 1, 1);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await cache.get('a')).toBeUndefined();
  });

  it.each([0, -1, 0.5, Number.NaN])('never keeps a value for ever: time %d', async (ttl) => {
    const cache = new SharedCache(null);
    cache.set('a', 1, ttl);
    expect(await cache.get('a')).toBeUndefined();
  });

  it('is bounded', async () => {
    const cache = new SharedCache(null);
    for (let i = 0; i <= 10_000; i++) cache.set(`k${i}`, i, 60_000);
    expect(await cache.get('k0')).toBeUndefined();
    expect(await cache.get('k1')).toBe(1);
  });
});
