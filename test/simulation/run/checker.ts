// Keeps what happened, in order, and complains of what must never happen. It knows only what can be seen
// from outside (requests, revokes, commits) and, for P2, which events a node has applied.
import type { TokenVerdict } from '../../../libs/auth/src/revocation/check/token-versions.js';
import type { NamedVersion, Subject } from '../../../libs/auth/src/revocation/subject.js';
import type { SimulatedDatabase } from '../services/database.js';
import type { Scheduler } from '../world/scheduler.js';

export type Kind = 'P1' | 'P2' | 'P3' | 'lost' | 'refused' | 'liveness';

export interface Violation {
  readonly promise: Kind;
  readonly text: string;
}

/** A request, from when its guard started. */
export interface Arrival {
  readonly node: string;
  readonly token: readonly NamedVersion[];
  readonly order: number;
  readonly at: number;
}

export type Decision = TokenVerdict | 'unavailable';

/** Of a subject: from when on what is below `version` must be refused, and why. */
interface Bar {
  readonly version: number;
  readonly order: number;
  readonly at: number;
}

/** The larger of both clocks may run 1 % slow. */
const slowest = 0.99;

export class Checker {
  readonly violations: Violation[] = [];
  readonly counts = { accepted: 0, refused: 0, unavailable: 0, fromMemory: 0, revokes: 0 };
  private readonly answered = new Map<Subject, Bar[]>();
  private readonly applied = new Map<string, Map<Subject, Bar[]>>();

  constructor(
    private readonly scheduler: Scheduler,
    private readonly database: SimulatedDatabase,
    private readonly trace: (line: () => string) => void,
  ) {}

  arrived(node: string, token: readonly NamedVersion[]): Arrival {
    const { scheduler } = this;
    return { node, token, order: scheduler.nextOrder(), at: scheduler.now };
  }

  /** @param longestLeaseMs that this node may ever have been given. */
  decided(arrival: Arrival, decision: Decision, how: Decided): void {
    this.trace(
      () =>
        `${arrival.node}: ${show(arrival.token)} is ${decision}${how.fromMemory ? ', from memory' : ''}`,
    );
    if (how.fromMemory) this.counts.fromMemory += 1;
    if (decision === 'unavailable') this.counts.unavailable += 1;
    else if (decision === 'current') {
      this.counts.accepted += 1;
      for (const [subject, version] of arrival.token)
        this.checkAccept(arrival, subject, version, how);
    } else {
      this.counts.refused += 1;
      this.checkRefusal(arrival);
    }
  }

  /** A node has applied an event: from memory it must not accept less any more, once that is committed. */
  hasApplied(node: string, subject: Subject, version: number): void {
    const ofNode = this.applied.get(node) ?? new Map<Subject, Bar[]>();
    this.applied.set(node, ofNode);
    push(ofNode, subject, this.bar(version));
  }

  /** A revoke answered success. */
  revoked(subject: Subject, version: number): void {
    this.counts.revokes += 1;
    this.trace(() => `revoke of ${subject} to ${version} has answered`);
    push(this.answered, subject, this.bar(version));
    const isCommitted = this.database.commits.some(
      (commit) => commit.subject === subject && commit.version === version,
    );
    if (!isCommitted) this.complain('lost', `${subject} to ${version} was answered, not committed`);
  }

  /** At the end: what was answered is still there. */
  checkNothingLost(): void {
    for (const [subject, bars] of this.answered) {
      const highest = Math.max(...bars.map(({ version }) => version));
      const found = this.database.read(subject)?.version ?? 0;
      if (found < highest) this.complain('lost', `${subject} is ${found}, ${highest} was answered`);
    }
  }

  complain(promise: Kind, text: string): void {
    this.trace(() => `*** ${promise}: ${text}`);
    this.violations.push({ promise, text });
  }

  private bar(version: number): Bar {
    const { scheduler } = this;
    return { version, order: scheduler.nextOrder(), at: scheduler.now };
  }

  private checkAccept(arrival: Arrival, subject: Subject, version: number, how: Decided): void {
    const { node, order, at } = arrival;
    const what = `${node} accepted ${subject} at ${version}, ${how.fromMemory ? 'from memory' : 'after reading'}`;
    const isOver = (bar: Bar): boolean => bar.version > version && bar.order < order;
    const answered = this.answered.get(subject)?.find(isOver);
    if (answered) this.complain('P1', `${what}; a revoke to ${answered.version} had answered`);
    const commit = this.commitAbove(subject, version);
    if (commit === undefined || commit.order >= order) return;
    if (at - commit.at > how.longestLeaseMs / slowest + 1) {
      const since = `${Math.round(at - commit.at)} ms before it arrived`;
      this.complain('P3', `${what}; ${commit.version} was committed ${since}`);
    }
    const applied = this.applied.get(node)?.get(subject)?.find(isOver);
    if (applied) this.complain('P2', `${what}; it had applied ${applied.version}`);
  }

  /** Nothing that stands is refused, whatever the intents of crashed revokes say. */
  private checkRefusal({ node, token }: Arrival): void {
    const stands = token.every(([subject, version]) => {
      const row = this.database.read(subject);
      return row?.version === version && row.status === 'active';
    });
    if (stands) this.complain('refused', `${node} refused ${show(token)}, which is current`);
  }

  /** The first commit that ended `version`. */
  private commitAbove(
    subject: Subject,
    version: number,
  ): (typeof this.database.commits)[0] | undefined {
    return this.database.commits.find(
      (commit) => commit.subject === subject && commit.version > version,
    );
  }
}

export interface Decided {
  readonly fromMemory: boolean;
  readonly longestLeaseMs: number;
}

function push(map: Map<Subject, Bar[]>, subject: Subject, bar: Bar): void {
  const bars = map.get(subject);
  if (bars) bars.push(bar);
  else map.set(subject, [bar]);
}

const show = (token: readonly NamedVersion[]): string =>
  token.map(([subject, version]) => `${subject}@${version}`).join(' ');
