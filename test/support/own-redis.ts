import { startRedis, type OwnRedis } from './services/redis.mjs';

export type { OwnRedis };

/** A Redis that nobody else uses, for tests of what happens when it fails. Call `stop()` at the end. */
export async function startOwnRedis(): Promise<OwnRedis> {
  const redis = await startRedis({ own: true });
  if ('missing' in redis) throw new Error(redis.missing.join('; '));
  return redis;
}
