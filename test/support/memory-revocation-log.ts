/** The log in memory: the order, the entries and the kept events as they must be, and faults on demand. */
import {
  RevocationLog,
  type Appended,
  type LogHead,
  type NodeEntry,
  type NodeClock,
  type NumberedEvent,
  type PollReply,
  type PollRequest,
  type RevocationEvent,
} from '@portcullis/auth';

type Step = 'poll' | 'append' | 'readHead' | 'expel' | 'leave';

export class MemoryRevocationLog extends RevocationLog {
  id = 'log-1';
  /** Null: born with the whole database. */
  bornAt: number | null = null;
  readonly nodes = new Map<string, NodeEntry>();
  readonly events: (NumberedEvent & { readonly at: number })[] = [];
  /** What was asked, in order. */
  readonly calls: Step[] = [];
  readonly polls: PollRequest[] = [];
  readonly appends: (readonly RevocationEvent[])[] = [];
  readonly expelled: (readonly [node: string, polls: number])[] = [];
  /** Run before each step is done; may throw, or hold it back. */
  before: (step: Step) => void | Promise<void> = () => undefined;
  /** Run after each step was done and before it is answered. */
  after: (step: Step) => void | Promise<void> = () => undefined;
  kept = 1_000;

  constructor(private readonly clock: NodeClock) {
    super();
  }

  get seq(): number {
    return this.events.at(-1)?.number ?? 0;
  }

  /** As if `id` had polled. */
  register(id: string, entry: Partial<NodeEntry> = {}): void {
    const polledAt = new Date(this.clock.wall());
    const first = { id, kind: 'server', acked: 0, polls: 1, leaseMs: 5_000, polledAt } as const;
    this.nodes.set(id, { ...first, ...entry });
  }

  override poll(request: PollRequest): Promise<PollReply> {
    this.polls.push(request);
    return this.step('poll', () => {
      const { node, kind, log, after, polls, leaseMs } = request;
      const isOfThis = log === this.id;
      const known = this.nodes.get(node);
      this.register(node, {
        kind,
        leaseMs,
        acked: Math.max(known?.acked ?? 0, isOfThis ? request.acked : 0),
        polls: Math.max(known?.polls ?? 0, polls),
      });
      const kept = this.events.slice(-this.kept);
      const gap = !isOfThis || after > this.seq || (kept[0]?.number ?? 1) > after + 1;
      const events = gap ? kept : kept.filter(({ number }) => number > after);
      const oldestAgeMs = gap && kept[0] ? this.clock.wall() - kept[0].at : null;
      return { log: this.id, seq: this.seq, events: [...events], gap, oldestAgeMs, leaseMs };
    });
  }

  override append(events: readonly RevocationEvent[]): Promise<Appended> {
    this.appends.push(events);
    return this.step('append', () => {
      const at = this.clock.wall();
      for (const event of events) this.events.push({ ...event, number: this.seq + 1, at });
      const logAgeMs = this.bornAt === null ? null : at - this.bornAt;
      return { ...this.head(), at: new Date(at), logAgeMs };
    });
  }

  override readHead(): Promise<LogHead> {
    return this.step('readHead', () => this.head());
  }

  override expel(_log: string, node: string, polls: number): Promise<void> {
    return this.step('expel', () => {
      this.expelled.push([node, polls]);
      if (this.nodes.get(node)?.polls === polls) this.nodes.delete(node);
    });
  }

  override leave(node: string): Promise<void> {
    return this.step('leave', () => void this.nodes.delete(node));
  }

  head(): LogHead {
    return { log: this.id, seq: this.seq, nodes: [...this.nodes.values()] };
  }

  private async step<T>(step: Step, work: () => T): Promise<T> {
    this.calls.push(step);
    await this.before(step);
    const answer = work();
    await this.after(step);
    return answer;
  }
}
