import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import {
  longestLeaseMs,
  NodeClock,
  RevocationLog,
  RevocationNode,
  type LogHead,
  type NodeEntry,
} from '@portcullis/auth';
import { Environment } from '../../config/environment.js';

/** One node, as an operator looks at it. */
export interface NodeView extends Pick<NodeEntry, 'id' | 'kind' | 'leaseMs' | 'polledAt'> {
  /** For how long it may still answer from memory; null when this node cannot tell. */
  readonly leaseLeftMs: number | null;
  /** The last event that it has applied, and how many it has not. */
  readonly acknowledged: number;
  readonly behind: number;
}

interface Seen {
  readonly polls: number;
  readonly since: number;
}

/** Who takes part: looked at by operators, and rid of those that have ended without a word. */
@Injectable()
export class NodesService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private seen = new Map<string, Seen>();
  private cancel: () => void = () => undefined;
  private readonly everyMs: number;

  constructor(
    @Inject(RevocationLog) private readonly log: RevocationLog,
    @Inject(RevocationNode) private readonly own: RevocationNode,
    @Inject(NodeClock) private readonly clock: NodeClock,
    @Inject(Environment) { revocationLeaseSeconds }: Environment,
  ) {
    this.everyMs = revocationLeaseSeconds * 1000;
  }

  onApplicationBootstrap(): void {
    this.cancel = this.clock.after(this.everyMs, () => void this.sweep());
  }

  beforeApplicationShutdown(): void {
    this.cancel();
    this.cancel = () => undefined;
    this.seen = new Map();
  }

  /** @throws StorageUnavailableError */
  async list(): Promise<readonly NodeView[]> {
    const head = await this.log.readHead();
    const now = this.databaseTime(head);
    return head.nodes.map(({ id, kind, leaseMs, polledAt, acked }) => ({
      id,
      kind,
      leaseMs,
      polledAt,
      leaseLeftMs:
        now === null
          ? null
          : Math.max(0, Math.min(leaseMs, Math.round(leaseMs - (now - polledAt.getTime())))),
      acknowledged: acked,
      behind: Math.max(0, head.seq - acked),
    }));
  }

  /** By this node's own last poll, of which it knows how long ago it was: clocks of machines differ. */
  private databaseTime({ nodes }: LogHead): number | null {
    const own = nodes.find(({ id }) => id === this.own.id);
    const { leaseLeftMs } = this.own.state;
    if (own === undefined || leaseLeftMs === 0) return null;
    return own.polledAt.getTime() + (own.leaseMs - leaseLeftMs);
  }

  /** A node that has not polled for twice as long as its lease can last is gone: no revoke waits for it. */
  private async sweep(): Promise<void> {
    const head = await this.log.readHead().catch(() => null);
    if (head !== null) {
      const now = this.clock.monotonic();
      const seen = new Map<string, Seen>();
      for (const entry of head.nodes) {
        const known = this.seen.get(entry.id);
        const stands = known?.polls === entry.polls ? known : { polls: entry.polls, since: now };
        seen.set(entry.id, stands);
        if (now - stands.since <= 2 * longestLeaseMs([entry])) continue;
        await this.log.expel(head.log, entry.id, entry.polls).catch(() => undefined);
      }
      this.seen = seen;
    }
    this.cancel = this.clock.after(this.everyMs, () => void this.sweep());
  }
}
