import { Logger } from '@nestjs/common';
import type { Doorbell } from './doorbell.js';
import type { Moment, NodeClock } from './node.clock.js';
import type { NodeKind, PollReply, PollRequest, RevocationFeed } from './revocation-log.js';
import type { RevocationState } from './state/revocation-state.js';

export interface MemberSetup {
  /** Made anew at each boot. */
  readonly node: string;
  readonly kind: NodeKind;
  /** How long memory counts after a poll. In a service the server may say less. */
  readonly leaseMs: number;
  readonly feed: RevocationFeed;
  readonly bell: Doorbell;
  readonly state: RevocationState;
  readonly clock: NodeClock;
}

/** A poll that is not answered by then, or within two fifths of the lease, is repeated beside it. */
const maxPatienceMs = 2_000;

/**
 * Keeps a node's state fresh: polls the log five times in a lease, hears the bell, and acknowledges what
 * was applied. The poll is the lease and the registration in one; the bell only makes it faster.
 */
export class RevocationMember {
  private readonly logger = new Logger('Revocation');
  private polls = 0;
  private isPolling = false;
  private isWanted = false;
  private isUp: boolean | null = null;
  private hasLeft = false;
  private leaseMs: number;
  private stopHearing: () => void = () => undefined;
  private cancelTimer: () => void = () => undefined;
  private idle: Promise<void> = Promise.resolve();

  constructor(protected readonly setup: MemberSetup) {
    this.leaseMs = setup.leaseMs;
  }

  /** Comes back after the first poll, whatever came of it: without an answer nothing is trusted yet. */
  async start(): Promise<void> {
    this.stopHearing = this.setup.bell.onRing((ring) => {
      if (this.hasLeft) return;
      const before = this.setup.state.applied;
      const isComplete = this.setup.state.hear(ring);
      if (!isComplete || (this.setup.state.applied > before && !this.acknowledge())) this.poll();
    });
    this.setup.bell.open();
    this.poll();
    await this.idle;
  }

  /** The lease goes first: a revoke that finds this node gone must not have to wait for it. */
  async leave(): Promise<void> {
    this.hasLeft = true;
    this.setup.state.dropLease();
    this.cancelTimer();
    this.stopHearing();
    this.setup.bell.close();
    await this.idle;
    await this.setup.feed.leave(this.setup.node).catch(() => undefined);
  }

  /** Asks the log now, or once more when the answer that is under way has come. */
  poll(): void {
    if (this.hasLeft) return;
    if (this.isPolling) {
      this.isWanted = true;
      return;
    }
    this.isPolling = true;
    this.isWanted = false;
    this.cancelTimer();
    this.idle = this.pollOnce().then(() => {
      this.isPolling = false;
      if (this.isWanted) this.poll();
      else this.cancelTimer = this.setup.clock.after(this.leaseMs / 5, () => this.poll());
    });
  }

  private async pollOnce(): Promise<void> {
    const { node, kind, state, clock, feed, leaseMs } = this.setup;
    const { logId: log, applied: after } = state;
    this.polls += 1;
    const { polls } = this;
    const stamp = clock.moment();
    const request = { node, kind, log, acked: after, after, polls, leaseMs };
    try {
      await this.inTime(feed.poll(request).then((reply) => this.take(reply, stamp, request)));
    } catch (error) {
      this.report(false, error);
    }
  }

  /** Also what comes late, as to a process that got no CPU: the lease counts from when it was asked for. */
  private take(reply: PollReply, stamp: Moment, request: PollRequest): void {
    const { state } = this.setup;
    // Also what came while it was leaving.
    if (this.hasLeft) return;
    this.report(true);
    const { applied } = state;
    this.accept(reply, stamp, request);
    // What was applied is acknowledged at once. Not what the bell brought meanwhile: it is already.
    if (state.logId !== request.log || state.applied !== applied) this.poll();
  }

  protected accept(reply: PollReply, stamp: Moment, request: PollRequest): void {
    this.leaseMs = reply.leaseMs;
    this.setup.state.accept(reply, stamp, request);
  }

  protected acknowledge(): boolean {
    const { bell, node, state } = this.setup;
    return bell.acknowledge({ log: state.logId ?? '', node, acked: state.applied });
  }

  private inTime<T>(work: Promise<T>): Promise<T> {
    const patienceMs = Math.min(maxPatienceMs, (this.leaseMs * 2) / 5);
    return new Promise((resolve, reject) => {
      const cancel = this.setup.clock.after(patienceMs, () => {
        reject(new Error('no answer in time'));
      });
      work.finally(cancel).then(resolve, reject);
    });
  }

  /** One line for each change, however many polls fail. */
  private report(isUp: boolean, error?: unknown): void {
    if (this.isUp === isUp || this.hasLeft) return;
    this.isUp = isUp;
    if (isUp) this.logger.log('follows the revocation log: tokens are checked from memory');
    else {
      const why = error instanceof Error ? error.message : 'no reason given';
      this.logger.warn(
        `the revocation log does not answer (${why}): memory counts until the lease ends`,
      );
    }
  }
}
