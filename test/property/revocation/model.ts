// What one node may believe of what is true: written from the protocol's promises, not from the code. The
// state under test is told the same, in any order that messages can take.
import type { Moment } from '../../../libs/auth/src/revocation/node.clock.js';
import type { PollReply } from '../../../libs/auth/src/revocation/revocation-log.js';
import type { RevocationState } from '../../../libs/auth/src/revocation/state/revocation-state.js';
import type {
  ReadStart,
  StateLimits,
} from '../../../libs/auth/src/revocation/state/state-types.js';
import type { Subject, SubjectVersion } from '../../../libs/auth/src/revocation/subject.js';
import { FakeNodeClock } from '../../support/fake-node-clock.js';
import { Heard } from './heard.js';
import { subjects, type Step } from './steps.js';
import { leaseMs, Truth } from './truth.js';

interface Poll {
  readonly stamp: Moment;
  readonly after: number;
  readonly log: string | null;
  reply: PollReply | null;
}

interface Read {
  readonly subject: Subject;
  readonly start: ReadStart;
  answer: SubjectVersion | null;
}

interface StoredRecord extends SubjectVersion {
  readonly subject: Subject;
  readonly number: number;
}

type Handlers = { readonly [K in Step['do']]: (step: Extract<Step, { do: K }>) => void };

export class Model {
  readonly clock = new FakeNodeClock();
  readonly state: RevocationState;
  private readonly truth = new Truth();
  private readonly reads: Read[] = [];
  /** What a node, which may be another, has stored in the second level: it saw `number` before it read. */
  private readonly stored: StoredRecord[] = [];
  private poll: Poll | null = null;
  private lease: Moment | null = null;
  private readonly heard = new Heard(this.clock);
  /** Suspended, or its clock set back: never both, as no clock would show the time. */
  private isSuspended = false;
  private isSetBack = false;

  private readonly handlers: Handlers = {
    intend: ({ subject }) => this.truth.intend(subject),
    commit: ({ back }) => this.truth.commit(back),
    done: ({ back }) => this.truth.done(back),
    burst: () => this.truth.burst(),
    ring: ({ back, count }) => this.ring(back, count),
    'send poll': () => this.sendPoll(),
    'answer poll': () => this.answerPoll(),
    accept: () => this.accept(),
    'lose poll': () => (this.poll = null),
    poll: () => {
      this.sendPoll();
      this.answerPoll();
      this.accept();
    },
    'begin read': ({ subject }) => this.beginRead(subject),
    'answer read': ({ back }) => this.answerRead(back),
    keep: ({ back }) => this.keep(back),
    read: ({ subject }) => {
      this.beginRead(subject);
      this.answerRead(0);
      this.keep(0);
    },
    install: ({ back }) => this.install(back),
    pass: ({ ms }) => {
      this.truth.now += ms;
      this.clock.stop(ms);
    },
    suspend: ({ ms }) => {
      if (this.isSetBack) return;
      this.isSuspended = true;
      this.truth.now += ms;
      this.clock.stop(ms, { ofMonotonic: 0 });
    },
    'set wall clock': ({ ms, isBack }) => {
      if (isBack && this.isSuspended) return;
      this.isSetBack ||= isBack;
      this.clock.stop(0, { ofWall: isBack ? -ms : ms });
    },
    'drop lease': () => {
      this.lease = null;
      this.state.dropLease();
    },
  };

  constructor(limits: StateLimits, State: typeof RevocationState) {
    this.state = new State(this.clock, limits);
    this.state.listen({
      applied: (event) => this.heard.add(event),
      missed: () => this.heard.clear(),
    });
  }

  take(step: Step): void {
    (this.handlers[step.do] as (step: Step) => void)(step);
  }

  /** What must hold after each step; null, or what does not. */
  fault(): string | null {
    const { state } = this;
    for (const one of subjects) {
      const found = state.find(one)?.version;
      const least = this.truth.leastHeld(one, state.applied);
      if (found !== undefined && found < least)
        return `P2: ${one} is ${found}, ${least} was applied`;
      const ahead = this.truth.version(one);
      if (found !== undefined && found > ahead) return `${one} is ${found}, the truth is ${ahead}`;
    }
    if (state.isTrusted() !== this.isTrusted()) return `trusted: ${String(state.isTrusted())}`;
    if (state.logId !== null) {
      const wrong = this.stored.find((record) => this.isStale(record) && this.isUsable(record));
      if (wrong) return `usable, and stale: ${JSON.stringify(wrong)}`;
    }
    if (subjects.some((one) => state.isUsable(one, 99, -1))) return 'unproven, and usable';
    return null;
  }

  private isTrusted(): boolean {
    if (this.lease === null || this.state.logId === null) return false;
    return this.clock.longestSince(this.lease) < leaseMs;
  }

  private isUsable({ subject: one, version, number }: StoredRecord): boolean {
    return this.state.isUsable(one, version, number);
  }

  /** Whether the node has applied something that the record's reader had not, or that is still in mind. */
  private isStale({ subject: one, version, number }: StoredRecord): boolean {
    return this.truth.log.some((event) => {
      if (event.subject !== one || event.version <= version) return false;
      if (event.number > this.state.applied) return false;
      if (event.number > number) return true;
      return this.heard.has(event.number);
    });
  }

  /** A message of any time: early, late, repeated, or of another log. */
  private ring(index: number, count: number): void {
    const last = this.truth.log.at(-1 - index);
    if (last === undefined) return;
    const events = this.truth.log.slice(Math.max(0, last.number - count), last.number);
    this.state.hear({ log: 'log', seq: last.number, events });
    this.state.hear({ log: 'other', seq: 99, events: [{ subject: 'i', version: 99, number: 1 }] });
  }

  private sendPoll(): void {
    const { applied: after, logId: log } = this.state;
    this.poll ??= { stamp: this.clock.moment(), after, log, reply: null };
  }

  private answerPoll(): void {
    if (this.poll !== null) this.poll.reply ??= this.truth.reply(this.poll.log, this.poll.after);
  }

  private accept(): void {
    const { poll } = this;
    if (poll?.reply == null) return;
    this.poll = null;
    this.state.accept(poll.reply, poll.stamp, poll);
    if (this.state.logId !== null && this.state.applied >= poll.reply.seq) this.lease = poll.stamp;
    this.heard.forgetOld();
  }

  private beginRead(one: Subject): void {
    this.reads.push({ subject: one, start: this.state.beginRead(), answer: null });
  }

  private answerRead(index: number): void {
    const read = this.reads.at(-1 - index);
    if (read) read.answer ??= { version: this.truth.version(read.subject), status: 'active' };
  }

  private keep(index: number): void {
    const read = this.reads.at(-1 - index);
    if (read?.answer == null) return;
    this.reads.splice(this.reads.indexOf(read), 1);
    const number = this.state.numberOf(read.start);
    if (!this.state.keep(read.subject, read.answer, read.start)) return;
    this.stored.push({ subject: read.subject, ...read.answer, number });
  }

  /** Redis answers anything that was ever stored. */
  private install(index: number): void {
    const record = this.stored.at(-1 - index);
    if (record === undefined || this.state.logId === null) return;
    this.state.install(record.subject, record, record.number);
  }
}
