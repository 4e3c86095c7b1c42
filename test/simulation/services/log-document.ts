// The log's document: each access is one step, so a linearizable register. It keeps few events, so that
// nodes miss some.
import type {
  Appended,
  LogHead,
  NodeEntry,
  PollReply,
  PollRequest,
  RevocationEvent,
} from '../../../libs/auth/src/revocation/revocation-log.js';
import type { Subject } from '../../../libs/auth/src/revocation/subject.js';
import type { SimulatedDatabase } from './database.js';

interface Kept extends RevocationEvent {
  readonly number: number;
  readonly at: number;
}

export interface LogTraits {
  /** How many events it keeps. */
  readonly kept: number;
  /** Sabotage: takes out whoever is named, whatever it did since. */
  readonly expelsBlindly?: boolean;
  /** Sabotage: counts the polls of an entry itself, so that they start again with a new entry. */
  readonly countsPolls?: boolean;
  /** Sabotage: is made again as if nothing had been before it. */
  readonly forgetsBirth?: boolean;
  /** Sabotage: is made again under the name that it had, and knows nothing of having been made again. */
  readonly keepsIdentity?: boolean;
}

const heldHeads = 40;

export class LogDocument {
  /** Whether ordinary reads may be old in this world. */
  keepsHeads = false;
  private log = 'log-1';
  private births = 1;
  private bornAt: number | null = null;
  private seq = 0;
  private events: Kept[] = [];
  private nodes = new Map<string, NodeEntry>();
  /** What an ordinary read might still see. */
  private readonly heads: LogHead[] = [];
  private readonly announced = new Map<Subject, number>();

  constructor(
    private readonly database: SimulatedDatabase,
    private readonly traits: LogTraits,
  ) {}

  /**
   * Deleted by hand, and made again. It begins with number 2, as if one had been cut off: the other one's
   * intents are not in it.
   */
  recreate(): void {
    this.nodes = new Map();
    this.seq = 0;
    this.events = [];
    if (this.traits.keepsIdentity === true) return;
    this.births += 1;
    this.log = `log-${this.births}`;
    this.bornAt = this.database.now();
    if (this.traits.forgetsBirth === true) return;
    this.seq = 1;
  }

  poll(request: PollRequest): PollReply {
    const { log, acked, after, leaseMs } = request;
    const isOfIt = log === this.log && Math.max(acked, after) <= this.seq;
    this.register(request, isOfIt ? acked : 0);
    this.changed();
    const { seq, events } = this;
    const oldest = events[0];
    const base = { log: this.log, seq, leaseMs };
    if (isOfIt && after + 1 >= (oldest?.number ?? seq + 1)) {
      const missing = events.filter(({ number }) => number > after).map(bare);
      return { ...base, events: missing, gap: false, oldestAgeMs: null };
    }
    const ageMs = oldest ? Math.max(0, this.database.now() - oldest.at) : 0;
    const oldestAgeMs = seq === 0 ? null : ageMs;
    return { ...base, events: events.map(bare), gap: true, oldestAgeMs };
  }

  append(events: readonly RevocationEvent[]): Appended {
    const at = this.database.now();
    for (const event of events) {
      this.events.push({ ...event, number: ++this.seq, at });
      this.announced.set(event.subject, Math.max(event.version, this.announcedOf(event.subject)));
    }
    this.events = this.events.slice(-this.traits.kept);
    this.changed();
    const isFirst = this.bornAt === null || this.traits.forgetsBirth === true;
    const logAgeMs = isFirst ? null : Math.max(0, at - (this.bornAt ?? at) - 5_000);
    return { ...this.head(), at: new Date(at), logAgeMs };
  }

  /** The highest version that was ever announced of a subject: above the true one, a revoke was given up. */
  announcedOf(subject: Subject): number {
    return this.announced.get(subject) ?? 0;
  }

  head(): LogHead {
    return { log: this.log, seq: this.seq, nodes: [...this.nodes.values()] };
  }

  /** What was true a moment ago. @param back how many writes. */
  earlierHead(back: number): LogHead {
    return this.heads[Math.max(0, this.heads.length - 1 - back)] ?? this.head();
  }

  expel(log: string, node: string, polls: number): void {
    const { expelsBlindly = false } = this.traits;
    if (log !== this.log) return;
    if (expelsBlindly || this.nodes.get(node)?.polls === polls) this.nodes.delete(node);
    this.changed();
  }

  leave(node: string): void {
    this.nodes.delete(node);
    this.changed();
  }

  /** Everything only grows, as polls may arrive late. */
  private register({ node: id, kind, polls, leaseMs }: PollRequest, acked: number): void {
    const known = this.nodes.get(id);
    const counted = this.traits.countsPolls === true ? (known?.polls ?? 0) + 1 : polls;
    this.nodes.set(id, {
      id,
      kind,
      acked: Math.max(acked, known?.acked ?? 0),
      polls: Math.max(counted, known?.polls ?? 0),
      leaseMs: Math.max(leaseMs, known?.leaseMs ?? 0),
      polledAt: new Date(this.database.now()),
    });
  }

  private changed(): void {
    if (!this.keepsHeads) return;
    this.heads.push(this.head());
    if (this.heads.length > heldHeads) this.heads.shift();
  }
}

const bare = ({ number, subject, version }: Kept): Omit<Kept, 'at'> => ({
  number,
  subject,
  version,
});
