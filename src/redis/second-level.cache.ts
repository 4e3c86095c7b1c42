import { createCache, memoryStore, type Cache } from 'cache-manager';
import { redisInsStore } from 'cache-manager-redis-yet';
import type { RedisConnection } from './redis.connection.js';

const prefix = 'portcullis:';
const maxInMemory = 10_000;

/**
 * What several nodes may keep for each other: in Redis, or without it in this process. Never
 * cache-manager's `multiCaching`, which takes an outage for a miss and a lost write for a success.
 *
 * Nothing that safety depends on is read from it: what it holds may be lost, old or forged by whoever
 * can write to Redis, so a value must prove itself or not matter.
 */
export class SecondLevelCache {
  private readonly cache: Cache;

  constructor(private readonly redis: RedisConnection | null) {
    this.cache = redis ? createCache(redisInsStore(redis.client)) : createCache(inMemory());
  }

  /** Undefined also when Redis fails, or takes longer than 150 ms. */
  async get<T>(key: string): Promise<T | undefined> {
    return (await this.run(() => this.cache.get<T>(prefix + key))) ?? undefined;
  }

  /** Not waited for, and it may not happen. Without at least a millisecond to live it is not stored. */
  set(key: string, value: object | string | number | boolean, ttlMs: number): void {
    // Both stores keep an entry for ever when its time is 0.
    const ttl = Math.floor(ttlMs);
    if (ttl >= 1) void this.run(() => this.cache.set(prefix + key, value, ttl));
  }

  /** Never fails; the entry may still be there, until its time is over. */
  async delete(key: string): Promise<void> {
    await this.run(() => this.cache.del(prefix + key));
  }

  /** The connection counts failures and reports them, once. */
  private async run<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await (this.redis ? this.redis.run(work) : work());
    } catch {
      return undefined;
    }
  }
}

/** Entries go when they are asked for or pushed out: no timer for each of them. */
const inMemory = (): ReturnType<typeof memoryStore> =>
  memoryStore({ max: maxInMemory, ttl: 0, ttlAutopurge: false });
