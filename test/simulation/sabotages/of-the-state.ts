// Sabotages of what a node believes: each takes out one rule of the state.
import type { Ring } from '../../../libs/auth/src/revocation/doorbell.js';
import { NodeClock, type Moment } from '../../../libs/auth/src/revocation/node.clock.js';
import type { PollReply } from '../../../libs/auth/src/revocation/revocation-log.js';
import { RevocationState } from '../../../libs/auth/src/revocation/state/revocation-state.js';
import type { Subject } from '../../../libs/auth/src/revocation/subject.js';

/** A record goes into memory whatever the node has heard of its subject. */
export class NoLeastCheck extends RevocationState {
  override isUsable(_: Subject, __: number, number: number): boolean {
    return number >= 0 && number >= this.events.forgottenUpTo;
  }
}

/** A read is worth what the node knows when it has ended. */
export class NumberAtTheEnd extends RevocationState {
  override numberOf(): number {
    return this.applied;
  }
}

/** What was in memory stays there when events were missed. */
export class KeepsRecordsAtGap extends RevocationState {
  protected override startOver(reply: PollReply): void {
    const clear = this.records.clear.bind(this.records);
    this.records.clear = () => undefined;
    super.startOver(reply);
    this.records.clear = clear;
  }
}

/** Nothing is thought to be hidden behind the events that came with a gap. */
export class ForgetsOpenIntents extends RevocationState {
  protected override startOver(reply: PollReply): void {
    super.startOver({ ...reply, oldestAgeMs: null });
  }
}

/** An answer is taken whatever was asked: also when everything was forgotten meanwhile. */
export class TakesAnyAnswer extends RevocationState {
  override accept(reply: PollReply, stamp: Moment, { after }: { after: number }): void {
    super.accept(reply, stamp, { log: this.logId, after });
  }
}

/** The bell renews the lease. */
export class LeaseByTheBell extends RevocationState {
  override hear(ring: Ring): boolean {
    const before = this.applied;
    const isComplete = super.hear(ring);
    if (this.applied > before && this.lease !== null) {
      this.lease = { ...this.lease, stamp: this.clock.moment() };
    }
    return isComplete;
  }
}

/** What was forgotten counts for nothing: a record from before it is believed. */
export class NoLow extends RevocationState {
  override isUsable(subject: Subject, version: number, number: number): boolean {
    return number >= 0 && version >= this.events.leastVersion(subject);
  }
}

/** Time flies: what should be remembered for ten minutes is forgotten after one second. */
export class ForgetfulClock extends NodeClock {
  constructor(private readonly clock: NodeClock) {
    super();
  }

  override monotonic(): number {
    return this.clock.monotonic();
  }

  override wall(): number {
    return this.clock.wall();
  }

  override after(ms: number, callBack: () => void): () => void {
    return this.clock.after(ms, callBack);
  }

  override shortestSince(moment: Moment): number {
    return super.shortestSince(moment) * 600;
  }
}
