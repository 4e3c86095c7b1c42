/** The one Redis client of this process, made so that no outage of Redis is an outage of ours. */
import { randomInt } from 'node:crypto';
import { createClient, type RedisClientType } from 'redis';

export type RedisClient = RedisClientType;

const connectTimeoutMs = 2000;
const maxBackOffMs = 2000;
/** Commands that wait for an answer; more than that are refused, for a hanging Redis takes none. */
const maxCommands = 4096;

/**
 * A client that is not connected yet. Without an offline queue: a command fails at once while there is
 * no connection, where it would otherwise hang until there is one.
 * @throws Error that does not repeat the URL, which may hold a password
 */
export function createRedisClient(url: string, isClosing: () => boolean): RedisClient {
  try {
    const client = createClient({
      url,
      disableOfflineQueue: true,
      commandsQueueMaxLength: maxCommands,
      socket: {
        connectTimeout: connectTimeoutMs,
        reconnectStrategy: (retries) => (isClosing() ? false : backOffMs(retries)),
      },
    });
    // A connection to Redis alone must not keep a process alive that has nothing else to do.
    client.unref();
    return client as RedisClient;
  } catch {
    throw new Error('REDIS_URL: must have the form redis://[user:password@]host[:port][/database]');
  }
}

/** Doubles up to two seconds, with some chance in it: nodes that lost Redis together come back apart. */
function backOffMs(retries: number): number {
  const full = Math.min(maxBackOffMs, 50 * 2 ** Math.min(retries, 10));
  return full / 2 + randomInt(full / 2);
}
