import { UnavailableError } from '../../access-token/access-token.errors.js';
import type { Doorbell } from '../doorbell.js';
import type { NodeClock } from '../node.clock.js';
import type { Appended, RevocationEvent, RevocationLog } from '../revocation-log.js';
import type { Subject } from '../subject.js';
import { Acknowledgements, longestLeaseMs } from './acknowledgements.js';
import { Announcer } from './announcer.js';
import type { NodeAcknowledgement } from './revocation.js';

/** On what a commit is conditional. */
export interface CommitCondition {
  /** The subject's version must still be this one; the commit makes it one more. */
  readonly version: number;
  /** The database's clock must still be before this: a commit that slept must not happen any more. */
  readonly notAfter: Date;
}

/** One subject to revoke, and the write that does it. */
export interface RevokingChange<Result> {
  readonly subject: Subject;
  /** The subject's version now; throws `not_found` where there is nothing to revoke. */
  readonly readVersion: () => Promise<number>;
  /**
   * Raises the version by one, with whatever else changes, in one confirmed write. Null when the
   * condition does not hold: somebody else was first, or this took too long.
   */
  readonly commit: (condition: CommitCondition) => Promise<Result | null>;
}

export interface Revoked<Result> {
  /** Of each change, in their order; each succeeds or fails by itself. */
  readonly results: readonly PromiseSettledResult<Result>[];
  /** How each node came to refuse earlier tokens. Empty when nothing was changed. */
  readonly nodes: readonly NodeAcknowledgement[];
  /** From the call until all of them did. */
  readonly durationMs: number;
}

/** How long after its intent a commit may still happen. Nodes keep an intent in mind far longer. */
const commitWithinMs = 30_000;
const maxRounds = 5;

/** A change on its way. */
interface Pending<Result> {
  readonly index: number;
  readonly change: RevokingChange<Result>;
}

/**
 * The one way by which anything is revoked: intent, commit, done, await. When it answers, no node accepts
 * an earlier token, whatever crashed, slept or was cut off meanwhile.
 */
export class Revoker {
  protected readonly announcer: Announcer;
  protected readonly acknowledgements: Acknowledgements;

  /** @param leaseMs this server's own lease, for nodes that are in no list. */
  constructor(
    log: RevocationLog,
    bell: Doorbell,
    protected readonly clock: NodeClock,
    private readonly leaseMs = 5_000,
  ) {
    this.announcer = new Announcer(log, bell);
    this.acknowledgements = new Acknowledgements(log, bell, clock);
  }

  /** Never throws: what went wrong is each change's own result, and 503 where it is not known. */
  async revoke<Result>(changes: readonly RevokingChange<Result>[]): Promise<Revoked<Result>> {
    const calledAt = this.clock.monotonic();
    const results = changes.map((): PromiseSettledResult<Result> => lostEveryRound());
    const committed: RevocationEvent[] = [];
    let pending = changes.map((change, index): Pending<Result> => ({ index, change }));
    let intent: Appended | null = null;
    for (let round = 0; round < maxRounds && pending.length > 0; round++) {
      const lost: Pending<Result>[] = [];
      intent = (await this.attempt(pending, { results, committed, lost })) ?? intent;
      pending = lost;
    }
    const committedAt = this.clock.monotonic();
    const nodes =
      committed.length === 0 || intent === null
        ? []
        : await this.settle(committed, intent, { calledAt, committedAt });
    const durationMs = Math.round((this.clock.monotonic() - calledAt) * 1000) / 1000;
    return { results, nodes, durationMs };
  }

  /** One round of intents and commits; those that lost to somebody else go into `lost`. */
  private async attempt<Result>(
    pending: readonly Pending<Result>[],
    outcome: {
      results: PromiseSettledResult<Result>[];
      committed: RevocationEvent[];
      lost: Pending<Result>[];
    },
  ): Promise<Appended | null> {
    const { results, committed, lost } = outcome;
    const read = await Promise.allSettled(pending.map(({ change }) => change.readVersion()));
    const ready = pending.flatMap((one, i) => {
      const version = read[i];
      if (version?.status === 'fulfilled') return [{ ...one, version: version.value }];
      if (version !== undefined) results[one.index] = version;
      return [];
    });
    if (ready.length === 0) return null;
    const events = ready.map(({ change: { subject }, version }) => ({
      subject,
      version: version + 1,
    }));
    const intent = await this.announceIntent(events).catch((error: unknown) => notDone(error));
    if (intent instanceof Error) {
      for (const { index } of ready) results[index] = { status: 'rejected', reason: intent };
      return null;
    }
    const notAfter = new Date(intent.at.getTime() + commitWithinMs);
    const commits = await Promise.allSettled(
      ready.map(({ change, version }) => change.commit({ version, notAfter })),
    );
    for (const [i, { index, change, version }] of ready.entries()) {
      const commit = commits[i];
      if (commit === undefined) continue;
      if (commit.status === 'rejected') results[index] = commit;
      else if (commit.value === null) lost.push({ index, change });
      else {
        results[index] = { status: 'fulfilled', value: commit.value };
        committed.push({ subject: change.subject, version: version + 1 });
      }
    }
    return intent;
  }

  /** From now on nobody who hears of it keeps an older record; nothing is refused yet. */
  protected announceIntent(events: readonly RevocationEvent[]): Promise<Appended> {
    return this.announcer.append(events);
  }

  /** The second append: a reader that saw the old version in between cannot have stored it for good. */
  protected announceDone(events: readonly RevocationEvent[]): Promise<Appended> {
    return this.announcer.append(events);
  }

  private async settle(
    committed: readonly RevocationEvent[],
    intent: Appended,
    { calledAt, committedAt }: { calledAt: number; committedAt: number },
  ): Promise<readonly NodeAcknowledgement[]> {
    let done: Appended;
    try {
      done = await this.announceDone(committed);
    } catch {
      // The intent has reached whoever polled since; the leases of the others end.
      await this.sleepUntil(committedAt + this.leaseEndMs(intent));
      return intent.nodes.map(({ id, kind }) => ({ id, kind, leaseEnded: true }));
    }
    const repliedAt = this.clock.monotonic();
    const nodes = await this.acknowledgements.all(done, calledAt, repliedAt);
    // Nodes that followed another log until a moment ago are in no list: their leases must have ended.
    if (done.logAgeMs !== null) {
      await this.sleepUntil(repliedAt + this.leaseEndMs(done) - done.logAgeMs);
    }
    return nodes;
  }

  /** A log that was just begun may name nobody yet, while others still hold leases of the one before. */
  protected leaseEndMs({ nodes }: Appended): number {
    return longestLeaseMs([...nodes, { leaseMs: this.leaseMs }]);
  }

  private async sleepUntil(monotonic: number): Promise<void> {
    for (;;) {
      const left = monotonic - this.clock.monotonic();
      if (left <= 0) return;
      await new Promise<void>((resolve) => this.clock.after(left, resolve));
    }
  }
}

const notDone = (error: unknown): Error =>
  new UnavailableError('The revoke could not be announced; nothing was changed.', error);

const lostEveryRound = (): PromiseRejectedResult => ({
  status: 'rejected',
  reason: new UnavailableError('The revoke lost to others every time; nothing was changed.'),
});
