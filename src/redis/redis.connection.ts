import { Logger } from '@nestjs/common';
import type { Clock } from '@portcullis/auth';
import { CircuitBreaker } from './circuit-breaker.js';
import { createRedisClient, type RedisClient } from './redis-client.js';
import { TimeLimitError, withTimeLimit } from './with-time-limit.js';

const timeLimitMs = 150;
/** With no answer to anything for this long, the connection is taken for a dead one. */
const maxSilenceMs = 3000;

/**
 * Redis as long as it answers. Every call is over within 150 ms, and after five failures in a row none
 * is made for a second; whoever calls has something else to go on with.
 */
export class RedisConnection {
  readonly client: RedisClient;
  private readonly logger = new Logger('Redis');
  private readonly breaker: CircuitBreaker;
  private isUp: boolean | null = null;
  private isClosing = false;
  private silentSince: number | null = null;

  /** Connects in the background: a Redis that is down must not stop the start. */
  constructor(
    url: string,
    private readonly clock: Clock,
  ) {
    this.breaker = new CircuitBreaker(clock);
    this.client = createRedisClient(url, () => this.isClosing);
    this.client.on('ready', () => {
      this.connected();
    });
    this.client.on('error', (error: Error) => {
      this.report(false, error);
    });
    this.connect();
  }

  /** @throws when Redis does not answer in time, answers with an error, or is left alone for now. */
  async run<T>(command: (client: RedisClient) => Promise<T>): Promise<T> {
    if (this.breaker.isOpen) throw new Error('Redis is left alone for a moment');
    try {
      const answer = command(this.client);
      answer.then(
        () => (this.silentSince = null),
        () => undefined,
      );
      const result = await withTimeLimit(answer, timeLimitMs);
      this.breaker.succeeded();
      this.report(true);
      return result;
    } catch (error) {
      this.failed(error);
      throw error;
    }
  }

  /** Drops the connection without a farewell, for which a Redis that hangs would never be ready. */
  close(): void {
    this.isClosing = true;
    // One that is being made cannot be broken off: `connected` ends it, or the next failure does.
    if (this.client.isReady) this.disconnect();
  }

  private connect(): void {
    // The errors come as events.
    this.client.connect().catch(() => undefined);
  }

  private connected(): void {
    if (this.isClosing) {
      this.disconnect();
      return;
    }
    this.breaker.succeeded();
    this.report(true);
  }

  private disconnect(): void {
    this.client.disconnect().catch(() => undefined);
  }

  private failed(error: unknown): void {
    this.breaker.failed();
    if (this.breaker.isOpen) this.report(false, error);
    if (!(error instanceof TimeLimitError) || !this.client.isReady) return;
    this.silentSince ??= this.clock.now();
    if (this.clock.now() - this.silentSince >= maxSilenceMs) void this.reconnect();
  }

  /** A peer that is gone without a word leaves a connection that TCP gives up only after minutes. */
  private async reconnect(): Promise<void> {
    this.silentSince = null;
    await this.client.disconnect().catch(() => undefined);
    if (!this.isClosing) this.connect();
  }

  /** One line for each change, however many calls fail. The messages of Redis never hold the password. */
  private report(isUp: boolean, error?: unknown): void {
    if (this.isUp === isUp || this.isClosing) return;
    this.isUp = isUp;
    if (isUp) this.logger.log('Redis answers: counters and cache are shared');
    else this.logger.warn(`Redis does not answer (${reasonOf(error)}): this process goes on alone`);
  }
}

/** A failure to connect to several addresses has a code and no message. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason';
  return error.message || ((error as NodeJS.ErrnoException).code ?? error.name);
}
