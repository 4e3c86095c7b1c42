// What is true: the log, the database, and what each event may be believed to say.
import type { NumberedEvent, PollReply } from '../../../libs/auth/src/revocation/revocation-log.js';
import type { Subject } from '../../../libs/auth/src/revocation/subject.js';
import { subjects } from './steps.js';

/** Few, so that a node that is away for a while misses some. */
export const kept = 5;
export const leaseMs = 5_000;
const commitWithinMs = 30_000;

interface Logged extends NumberedEvent {
  readonly at: number;
}

interface Revoke {
  readonly subject: Subject;
  readonly version: number;
  readonly intendedAt: number;
}

export class Truth {
  /** True time, which the database tells. */
  now = 0;
  readonly log: Logged[] = [];
  private readonly versions = new Map<Subject, number>(subjects.map((one) => [one, 1]));
  private readonly intents: Revoke[] = [];
  private readonly commits: (Revoke & { committedAt: number })[] = [];

  version(subject: Subject): number {
    return this.versions.get(subject) ?? 0;
  }

  append(subject: Subject, version: number): void {
    this.log.push({ subject, version, number: this.log.length + 1, at: this.now });
  }

  intend(subject: Subject): void {
    const version = this.version(subject) + 1;
    this.append(subject, version);
    this.intents.push({ subject, version, intendedAt: this.now });
  }

  /** On the condition of the protocol: nobody was first, and it is not too late. */
  commit(back: number): void {
    const intent = this.intents.at(-1 - back);
    if (intent === undefined) return;
    const { subject, version, intendedAt } = intent;
    const isFirst = this.version(subject) === version - 1;
    if (!isFirst || this.now >= intendedAt + commitWithinMs) return;
    this.versions.set(subject, version);
    this.commits.push({ ...intent, committedAt: this.now });
  }

  done(back: number): void {
    const commit = this.commits.at(-1 - back);
    if (commit !== undefined) this.append(commit.subject, commit.version);
  }

  /** Others have much to revoke: as many events as the log keeps. */
  burst(): void {
    for (let i = 0; i < kept; i++) this.append('s:other', 2);
  }

  reply(log: string | null, after: number): PollReply {
    const seq = this.log.length;
    const all = this.log.slice(-kept);
    const gap = log !== 'log' || after > seq || (all[0]?.number ?? 1) > after + 1;
    const events = gap ? all : all.filter(({ number }) => number > after);
    const oldestAgeMs = gap && all[0] ? this.now - all[0].at : null;
    return { log: 'log', seq, events, gap, oldestAgeMs, leaseMs };
  }

  /**
   * The highest committed version of which there is an event up to `applied`: who has applied that has
   * nothing less in memory. Not of an intent that was given up long before somebody else's commit.
   */
  leastHeld(subject: Subject, applied: number): number {
    const counting = this.log.filter(({ subject: its, number, version, at }) => {
      const commit = this.commits.find((one) => one.subject === its && one.version === version);
      const isInTime = commit !== undefined && commit.committedAt < at + commitWithinMs;
      return its === subject && number <= applied && isInTime;
    });
    return Math.max(0, ...counting.map(({ version }) => version));
  }
}
