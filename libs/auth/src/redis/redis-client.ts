/** One node-redis client, made so that no outage of Redis is an outage of ours. */
import { randomInt } from 'node:crypto';
import { createClient, type RedisClientType } from 'redis';

export type RedisClient = RedisClientType;

const connectTimeoutMs = 2000;
const maxBackOffMs = 2000;
/** Commands that wait for an answer; more than that are refused, for a hanging Redis takes none. */
const maxCommands = 4096;

export interface RedisEvents {
  ready(): void;
  failed(error: Error): void;
  /** Connected, but nobody answers: node-redis would wait for ever. */
  stuck(): void;
}

/** Connects in the background, and again after every loss, until it is ended. */
export class RedisLink {
  readonly client: RedisClient;
  private isEnded = false;
  /** Runs from when TCP is connected until Redis has answered the first commands. */
  private greeting: NodeJS.Timeout | undefined;

  /** @throws Error that does not repeat the URL, which may hold a password */
  constructor(
    url: string,
    private readonly events: RedisEvents,
  ) {
    this.client = createRedisClient(url, (retries) => !this.isEnded && backOffMs(retries));
    this.client.on('connect', () => this.connected());
    this.client.on('ready', () => this.ready());
    this.client.on('error', (error: Error) => this.failed(error));
    // What goes wrong comes as an event.
    this.client.connect().catch(() => undefined);
  }

  /** Drops the connection without a farewell, for which a Redis that hangs would never be ready. */
  end(): void {
    this.isEnded = true;
    // One that is just being made cannot be broken off: it is dropped as soon as it is there.
    if (this.client.isReady || this.greeting) this.disconnect();
  }

  private connected(): void {
    // node-redis sends its first commands right after this event. If it were disconnected before, nobody
    // would be there to catch their failure: an unhandled rejection, which ends the process.
    if (this.isEnded) setImmediate(() => this.disconnect());
    else this.greeting = setTimeout(() => this.events.stuck(), connectTimeoutMs).unref();
  }

  private ready(): void {
    this.stopGreeting();
    this.events.ready();
  }

  private failed(error: Error): void {
    this.stopGreeting();
    if (!this.isEnded) this.events.failed(error);
  }

  private disconnect(): void {
    this.stopGreeting();
    this.client.disconnect().catch(() => undefined);
  }

  private stopGreeting(): void {
    clearTimeout(this.greeting);
    this.greeting = undefined;
  }
}

/**
 * Without an offline queue: a command fails at once while there is no connection, where it would
 * otherwise hang until there is one.
 */
function createRedisClient(
  url: string,
  reconnectStrategy: (retries: number) => number | false,
): RedisClient {
  try {
    const client = createClient({
      url,
      disableOfflineQueue: true,
      commandsQueueMaxLength: maxCommands,
      socket: { connectTimeout: connectTimeoutMs, reconnectStrategy },
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
