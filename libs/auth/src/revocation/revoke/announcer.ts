import type { Doorbell } from '../doorbell.js';
import type { Appended, RevocationEvent, RevocationLog } from '../revocation-log.js';

interface Waiting {
  readonly events: readonly RevocationEvent[];
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Appends and rings. What comes while an append is under way waits and goes out as one, so that a hundred
 * revokes at a time cost the log a few writes.
 */
export class Announcer {
  private waiting: Waiting[] = [];
  private isAppending = false;

  constructor(
    private readonly log: RevocationLog,
    private readonly bell: Doorbell,
  ) {}

  /** @throws what the log throws: then it is not known whether the events are in it. */
  append(events: readonly RevocationEvent[]): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ events, resolve, reject });
      if (!this.isAppending) void this.appendWaiting();
    });
  }

  private async appendWaiting(): Promise<void> {
    this.isAppending = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        const events = batch.flatMap((one) => one.events);
        const appended = await this.log.append(events);
        this.ring(appended, events);
        for (const { resolve } of batch) resolve(appended);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.isAppending = false;
  }

  /** Only now that it is confirmed: nodes believe what they hear. */
  private ring({ log, seq }: Appended, events: readonly RevocationEvent[]): void {
    const first = seq - events.length + 1;
    const numbered = events.map((event, index) => ({ ...event, number: first + index }));
    this.bell.ring({ log, seq, events: numbered });
  }
}
