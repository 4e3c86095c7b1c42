import { Logger } from '@nestjs/common';
import type { Clock } from '../clock.js';
import { CircuitBreaker } from './circuit-breaker.js';
import { RedisLink, type RedisClient } from './redis-client.js';
import { TimeLimitError, withTimeLimit } from './with-time-limit.js';

const timeLimitMs = 150;
/** With no answer to anything for this long, the connection is taken for a dead one. */
const maxSilenceMs = 3000;

/**
 * Redis as long as it answers. Every call is over within 150 ms, and after five failures in a row none
 * is made for a second; whoever calls has something else to go on with.
 */
export class RedisConnection {
  private readonly logger = new Logger('Redis');
  private readonly breaker: CircuitBreaker;
  private link: RedisLink;
  private isUp: boolean | null = null;
  private isClosed = false;
  private silentSince: number | null = null;

  /** Returns before it is connected: a Redis that is down must not stop the start. */
  constructor(
    private readonly url: string,
    private readonly clock: Clock,
  ) {
    this.breaker = new CircuitBreaker(clock);
    this.link = this.openLink();
  }

  /** @throws when Redis does not answer in time, answers with an error, or is left alone for now. */
  async run<T>(command: (client: RedisClient) => Promise<T>): Promise<T> {
    if (this.breaker.isOpen) throw new Error('Redis is left alone for a moment');
    try {
      const answer = command(this.link.client);
      // An answer that comes too late is still a sign of life.
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

  close(): void {
    this.isClosed = true;
    this.link.end();
  }

  private openLink(): RedisLink {
    return new RedisLink(this.url, {
      ready: () => {
        this.breaker.succeeded();
        this.report(true);
      },
      failed: (error) => this.report(false, error),
      stuck: () => this.replaceLink(),
    });
  }

  private failed(error: unknown): void {
    this.breaker.failed();
    // Of a lost connection the link says why; the commands only say that there is none.
    if (this.breaker.isOpen && this.link.client.isReady) this.report(false, error);
    if (!(error instanceof TimeLimitError)) return;
    this.silentSince ??= this.clock.now();
    if (this.clock.now() - this.silentSince >= maxSilenceMs) this.replaceLink();
  }

  /** A peer that is gone without a word leaves a connection that TCP gives up only after minutes. */
  private replaceLink(): void {
    this.silentSince = null;
    this.link.end();
    this.report(false, new Error('connected, but silent'));
    if (!this.isClosed) this.link = this.openLink();
  }

  /** One line for each change, however many calls fail. The messages of Redis never hold the password. */
  private report(isUp: boolean, error: unknown = {}): void {
    if (this.isUp === isUp || this.isClosed) return;
    this.isUp = isUp;
    if (isUp) this.logger.log('Redis answers: counters and cache are shared');
    else this.logger.warn(`Redis does not answer (${reasonOf(error)}): this process goes on alone`);
  }
}

/** A failure to connect to several addresses has a code and no message. */
function reasonOf(error: unknown): string {
  const { message, code } = error as Partial<NodeJS.ErrnoException>;
  return (message === '' ? code : message) ?? 'no reason given';
}
