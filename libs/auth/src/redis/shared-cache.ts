import { memoryStore, type Store } from 'cache-manager';
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
export class SharedCache {
  private readonly withStore: <T>(work: (store: Store) => Promise<T>) => Promise<T>;

  constructor(redis: RedisConnection | null) {
    if (redis) {
      this.withStore = (work) => redis.run((client) => work(redisInsStore(client)));
    } else {
      // Entries go when they are asked for or pushed out: no timer for each of them.
      const memory = memoryStore({ max: maxInMemory, ttl: 0, ttlAutopurge: false });
      this.withStore = (work) => work(memory);
    }
  }

  /** Undefined also when Redis fails, or takes longer than 150 ms. */
  async get<T>(key: string): Promise<T | undefined> {
    return (await this.attempt((store) => store.get<T>(prefix + key))) ?? undefined;
  }

  /** Not waited for, and it may not happen. Without at least a millisecond to live it is not stored. */
  set(key: string, value: object | string | number | boolean, ttlMs: number): void {
    // Both stores keep an entry for ever when its time is 0.
    const ttl = Math.floor(ttlMs);
    if (ttl >= 1) void this.attempt((store) => store.set(prefix + key, value, ttl));
  }

  /** Never fails; the entry may still be there, until its time is over. */
  async delete(key: string): Promise<void> {
    await this.attempt((store) => store.del(prefix + key));
  }

  /** The connection counts failures, and reports them once. */
  private async attempt<T>(work: (store: Store) => Promise<T>): Promise<T | undefined> {
    try {
      return await this.withStore(work);
    } catch {
      return undefined;
    }
  }
}
