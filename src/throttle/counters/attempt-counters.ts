import { Inject, Injectable } from '@nestjs/common';
import { Clock, RedisConnection } from '@portcullis/auth';
import type { Limit } from '../limits.js';
import { LocalCounters, type Count } from './local-counters.js';
import { RedisCounters } from './redis-counters.js';

/**
 * Counts attempts on every node together, and on this one alone as well: what Redis does not know,
 * because it is down or was emptied, this process still does. So an outage neither lets everybody try
 * without limit nor locks anybody out.
 */
@Injectable()
export class AttemptCounters {
  private readonly local: LocalCounters;
  private readonly shared: RedisCounters | null;

  constructor(@Inject(Clock) clock: Clock, @Inject(RedisConnection) redis: RedisConnection | null) {
    this.local = new LocalCounters(clock);
    this.shared = redis && new RedisCounters(redis);
  }

  /** Never fails. What is refused here costs no call to Redis. */
  async take(key: string, limit: Limit): Promise<Count> {
    const own = this.local.take(key, limit);
    if (!own.isGranted || !this.shared) return own;
    try {
      const all = await this.shared.take(key, limit);
      if (!all.isGranted) this.local.giveBack(key);
      return all;
    } catch {
      return own;
    }
  }

  /**
   * For a `take` that was granted. Not waited for. Sent also when Redis did not answer the `take` in
   * time, for it may have counted it: a user is not to be locked out by his own sign-ins.
   */
  giveBack(key: string): void {
    this.local.giveBack(key);
    this.shared?.giveBack(key).catch(() => undefined);
  }
}
