import type { Moment, NodeClock } from '../node.clock.js';
import type { NumberedEvent, PollReply, PollRequest } from '../revocation-log.js';
import type { Ring } from '../doorbell.js';
import type { Subject, SubjectVersion } from '../subject.js';
import { KnownEvents } from './known-events.js';
import type { ReadStart, StateLimits, StateListener } from './state-types.js';
import { SubjectRecords } from './subject-records.js';

/** A read that took longer may be older than what has been forgotten since. */
const maxReadMs = 5_000;
/** A commit comes at most 30 s after its intent, and the read that missed it takes at most 5 s. */
const openIntentMs = 40_000;
/** The number of a read that counts for its own request alone. */
export const unproven = -1;

/**
 * What a node believes: pure and synchronous, without I/O or timers. The guard asks only this. What is in
 * memory may be used while the lease holds; a record from elsewhere when it is usable, that is when no
 * event that this node applied, or has forgotten, speaks against it.
 */
export class RevocationState {
  protected readonly events: KnownEvents;
  protected readonly records: SubjectRecords;
  protected lease: { readonly stamp: Moment; readonly ms: number } | null = null;
  private log: string | null = null;
  private last = 0;
  private gaps = 0;
  private holdFrom: Moment | null = null;
  private readonly maxEvents: number;
  private readonly listeners = new Set<StateListener>();

  constructor(
    protected readonly clock: NodeClock,
    { maxRecords = 100_000, maxEvents = 200_000 }: StateLimits = {},
  ) {
    this.events = new KnownEvents(clock);
    this.records = new SubjectRecords(maxRecords);
    this.maxEvents = maxEvents;
  }

  /** The log that is followed; null before the first reply and after too many events. */
  get logId(): string | null {
    return this.log;
  }

  /** The last event applied. */
  get applied(): number {
    return this.last;
  }

  listen(listener: StateListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Whether memory counts now. The larger elapsed time decides, at the moment of use: a timer would not
   * have fired in a process that was stopped.
   */
  isTrusted(): boolean {
    const { lease, clock } = this;
    return (
      lease !== null &&
      clock.monotonic() - lease.stamp.monotonic < lease.ms &&
      clock.wall() - lease.stamp.wall < lease.ms
    );
  }

  /** For how long memory still counts, in milliseconds. */
  get leaseLeftMs(): number {
    const { lease } = this;
    return lease === null ? 0 : Math.max(0, lease.ms - this.clock.longestSince(lease.stamp));
  }

  /** The version in memory; negative when the subject is not active, 0 when nothing is known of it. */
  standing(subject: Subject): number {
    return this.records.standing(subject);
  }

  /** The same as a record; of a subject that is not active it says no more than that. */
  find(subject: Subject): SubjectVersion | undefined {
    return this.records.get(subject);
  }

  isUsable(subject: Subject, version: number, number: number): boolean {
    return (
      number >= 0 &&
      number >= this.events.forgottenUpTo &&
      version >= this.events.leastVersion(subject)
    );
  }

  /** Before a read: what it will be worth is decided by what is known now. */
  beginRead(): ReadStart {
    const isHeld = this.holdFrom !== null && this.clock.shortestSince(this.holdFrom) < openIntentMs;
    const isWorthless = this.log === null || isHeld;
    return {
      number: isWorthless ? unproven : this.last,
      gaps: this.gaps,
      at: this.clock.moment(),
    };
  }

  /** What a read is worth to others; `unproven` when a gap came in between. */
  numberOf(start: ReadStart): number {
    return start.gaps === this.gaps ? start.number : unproven;
  }

  /** Takes what a read answered into memory, if it is proven. One step: nothing comes in between. */
  keep(subject: Subject, read: SubjectVersion, start: ReadStart): boolean {
    if (this.clock.longestSince(start.at) >= maxReadMs) return false;
    return this.install(subject, read, this.numberOf(start));
  }

  /** The same for a record of the second level, which brings its own number. */
  install(subject: Subject, record: SubjectVersion, number: number): boolean {
    if (!this.isUsable(subject, record.version, number)) return false;
    if (Math.abs(this.records.standing(subject)) > record.version) return false;
    this.records.set(subject, record);
    return true;
  }

  /**
   * News by the bell, which renews no lease.
   * @returns false when something is missing in between: then the log must be asked.
   */
  hear(ring: Ring): boolean {
    if (ring.log !== this.log) return false;
    for (const event of ring.events) {
      if (event.number > this.last + 1) return false;
      this.apply(event);
    }
    return this.last >= ring.seq;
  }

  /**
   * The answer to a poll, which may be late and come after that to a later one.
   * @param stamp taken before the poll was sent, and the beginning of the lease.
   * @param asked by the poll: of a log that is no longer followed, its answer counts for nothing.
   */
  accept(reply: PollReply, stamp: Moment, asked: Pick<PollRequest, 'log' | 'after'>): void {
    if (asked.log !== this.log) return;
    if (this.isGap(reply, asked.after)) this.startOver(reply);
    else for (const event of reply.events) this.apply(event);
    const isNewest = this.lease === null || this.lease.stamp.monotonic <= stamp.monotonic;
    if (this.log === reply.log && this.last >= reply.seq && isNewest) {
      this.lease = { stamp, ms: reply.leaseMs };
    }
    this.events.forgetOld();
    this.records.tick(this.clock.monotonic());
  }

  dropLease(): void {
    this.lease = null;
  }

  /** Judged by what is known now: the bell may have brought meanwhile what the poll had missed. */
  protected isGap({ log, seq, events }: PollReply, after: number): boolean {
    const first = events[0]?.number ?? seq + 1;
    return log !== this.log || seq < after || first > this.last + 1;
  }

  protected apply(event: NumberedEvent): void {
    if (event.number <= this.last || this.log === null) return;
    if (this.events.size >= this.maxEvents) {
      this.forgetEverything();
      return;
    }
    this.events.add(event);
    if (Math.abs(this.records.standing(event.subject)) < event.version) {
      this.records.delete(event.subject);
    }
    this.last = event.number;
    for (const listener of this.listeners) listener.applied(event);
  }

  protected startOver({ log, seq, events, oldestAgeMs }: PollReply): void {
    this.gaps += 1;
    this.records.clear();
    this.events.startOver(events, seq);
    this.log = log;
    this.last = seq;
    // The intent of a commit that is still to come may lie just before the events that came.
    const mayHideIntent = oldestAgeMs !== null && oldestAgeMs < openIntentMs;
    const first = events[0]?.number ?? seq + 1;
    this.holdFrom = mayHideIntent && first > 1 ? this.clock.moment() : null;
    for (const listener of this.listeners) listener.missed();
  }

  /** More events than fit: as after a boot, until the next poll. */
  private forgetEverything(): void {
    this.gaps += 1;
    this.lease = null;
    this.log = null;
    this.last = 0;
    this.records.clear();
    this.events.startOver([], 0);
    for (const listener of this.listeners) listener.missed();
  }
}
