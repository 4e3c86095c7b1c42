import type { RedisConnection } from '@portcullis/auth';
import type { Limit } from '../limits.js';
import type { Count } from './local-counters.js';

const prefix = 'portcullis:throttle:';

/**
 * Reads, decides and counts in one step, for Redis runs one script at a time. Read first and counted
 * after, a thousand attempts at once would all read the number before the first was counted.
 */
const takeScript = `
local attempts = tonumber(redis.call('GET', KEYS[1]) or '0')
local rest = redis.call('PTTL', KEYS[1])
if attempts >= tonumber(ARGV[1]) and rest > 0 then return {0, attempts, rest} end
if attempts < 1 or rest < 1 then
  redis.call('SET', KEYS[1], '1', 'PX', ARGV[2])
  return {1, 1, tonumber(ARGV[2])}
end
return {1, redis.call('INCR', KEYS[1]), rest}`;

/** Leaves the end of the window where it is. */
const giveBackScript = `
if tonumber(redis.call('GET', KEYS[1]) or '0') > 1 then return redis.call('DECR', KEYS[1]) end
return redis.call('DEL', KEYS[1])`;

/** The counters that all nodes share; time is that of Redis. Each call may fail, and says so. */
export class RedisCounters {
  constructor(private readonly redis: RedisConnection) {}

  async take(key: string, { attempts, windowMs }: Limit): Promise<Count> {
    const reply = await this.evaluate(takeScript, key, [String(attempts), String(windowMs)]);
    if (!Array.isArray(reply)) throw new Error('Redis did not answer with a count');
    const [granted, counted, rest] = reply.map(Number);
    return { isGranted: granted === 1, attempts: counted ?? attempts, restMs: rest ?? windowMs };
  }

  async giveBack(key: string): Promise<void> {
    await this.evaluate(giveBackScript, key, []);
  }

  private evaluate(script: string, key: string, values: string[]): Promise<unknown> {
    return this.redis.run((client) =>
      client.eval(script, { keys: [prefix + key], arguments: values }),
    );
  }
}
