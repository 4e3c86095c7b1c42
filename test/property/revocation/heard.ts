// Which events a node must still have in mind, by what was promised: ten minutes by both of its clocks.
import type { Moment, NodeClock } from '../../../libs/auth/src/revocation/node.clock.js';
import type { NumberedEvent } from '../../../libs/auth/src/revocation/revocation-log.js';
import type { Subject } from '../../../libs/auth/src/revocation/subject.js';

const keptMs = 600_000;

interface HeardEvent {
  readonly subject: Subject;
  at: Moment;
}

export class Heard {
  private readonly events = new Map<number, HeardEvent>();

  constructor(private readonly clock: NodeClock) {}

  /** With it what was heard of the same subject before stays in mind as long. */
  add({ subject, number }: NumberedEvent): void {
    const at = this.clock.moment();
    for (const earlier of this.events.values()) if (earlier.subject === subject) earlier.at = at;
    this.events.set(number, { subject, at });
  }

  has(number: number): boolean {
    const event = this.events.get(number);
    return event !== undefined && this.clock.shortestSince(event.at) < keptMs;
  }

  clear(): void {
    this.events.clear();
  }

  /** What may be forgotten by now: a clock that is set back later brings nothing back. */
  forgetOld(): void {
    for (const number of [...this.events.keys()]) if (!this.has(number)) this.events.delete(number);
  }
}
