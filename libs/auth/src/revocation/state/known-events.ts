import type { Moment, NodeClock } from '../node.clock.js';
import type { NumberedEvent } from '../revocation-log.js';
import type { Subject } from '../subject.js';

interface Known {
  readonly version: number;
  readonly number: number;
  readonly heardAt: Moment;
}

/** So long a record of an old version may turn up: it was begun before, and takes seconds at most. */
const keptMs = 600_000;

/**
 * The least version that each recently revoked subject may have, in the order of the log. What was
 * forgotten is known by number: a record from before that proves nothing.
 */
export class KnownEvents {
  private readonly bySubject = new Map<Subject, Known>();
  private forgotten = 0;

  constructor(private readonly clock: NodeClock) {}

  get size(): number {
    return this.bySubject.size;
  }

  /** Events up to this number may be missing here. */
  get forgottenUpTo(): number {
    return this.forgotten;
  }

  leastVersion(subject: Subject): number {
    return this.bySubject.get(subject)?.version ?? 0;
  }

  add({ subject, version, number }: NumberedEvent): void {
    const least = Math.max(version, this.leastVersion(subject));
    // Deleted first: a Map keeps the place of a key that it has, and this one's is now the last.
    this.bySubject.delete(subject);
    this.bySubject.set(subject, { version: least, number, heardAt: this.clock.moment() });
  }

  /** By the smaller elapsed time: a wall clock that is set forward must not make anything forgotten. */
  forgetOld(): void {
    for (const [subject, { number, heardAt }] of this.bySubject) {
      if (this.clock.shortestSince(heardAt) < keptMs) return;
      this.bySubject.delete(subject);
      this.forgotten = number;
    }
  }

  /** Only `events` from now on, and nothing is known of any before them. */
  startOver(events: readonly NumberedEvent[], seq: number): void {
    this.bySubject.clear();
    this.forgotten = (events[0]?.number ?? seq + 1) - 1;
    for (const event of events) this.add(event);
  }
}
