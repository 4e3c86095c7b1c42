import type { Acknowledgement, Doorbell } from '../doorbell.js';
import type { NodeClock } from '../node.clock.js';
import type { Appended, NodeEntry, RevocationLog } from '../revocation-log.js';
import type { NodeAcknowledgement } from './revocation.js';

/** Nodes that did not answer over the bell are looked for in the log so often. */
const readEveryMs = 100;
const maxHeard = 10_000;

/** How long a lease may last on the slowest clock, measured on the fastest: rates differ by 1 %. */
export const longestLeaseMs = (nodes: readonly Pick<NodeEntry, 'leaseMs'>[]): number =>
  (1.01 / 0.99) * Math.max(0, ...nodes.map(({ leaseMs }) => leaseMs)) + 50;

/** Waits until every node has applied an event, or can no longer act on what it believed before. */
export class Acknowledgements {
  /** The highest number of each node, by the bell; of the log that was last heard of. */
  private heard = new Map<string, number>();
  private heardLog = '';
  private readonly waits = new Set<Wait>();

  constructor(
    private readonly log: RevocationLog,
    bell: Doorbell,
    private readonly clock: NodeClock,
  ) {
    bell.onAcknowledgement((acknowledgement) => this.hear(acknowledgement));
  }

  /**
   * Ends when all nodes of `appended` have acknowledged its last event or used up their lease.
   * @param calledAt monotonic: what the answered times count from.
   * @param repliedAt monotonic, of the append's answer: what the leases count from.
   */
  async all(
    appended: Appended,
    calledAt: number,
    repliedAt: number,
  ): Promise<readonly NodeAcknowledgement[]> {
    const wait = new Wait(appended, () => this.clock.monotonic() - calledAt);
    for (const { id } of appended.nodes) {
      if (this.heardLog === appended.log) wait.acknowledged(id, this.heard.get(id) ?? 0);
    }
    this.waits.add(wait);
    const deadline = repliedAt + longestLeaseMs(appended.nodes);
    try {
      while (!wait.isOver && this.clock.monotonic() < deadline) {
        await wait.orAfter(this.clock, Math.min(readEveryMs, deadline - this.clock.monotonic()));
        // Beside the wait: the bell may be faster, and the deadline holds whatever the log does.
        void this.readInto(wait);
      }
    } finally {
      this.waits.delete(wait);
    }
    for (const { id, polls } of wait.endLeases()) {
      // Nobody waits for it a second time, unless it has polled since.
      this.log.expel(appended.log, id, polls).catch(() => undefined);
    }
    return wait.outcome;
  }

  private hear({ log, node, acked }: Acknowledgement): void {
    if (log !== this.heardLog) {
      this.heard = new Map();
      this.heardLog = log;
    }
    const known = this.heard.get(node) ?? 0;
    this.heard.delete(node);
    this.heard.set(node, Math.max(known, acked));
    const [oldest] = this.heard.keys();
    if (this.heard.size > maxHeard && oldest !== undefined) this.heard.delete(oldest);
    for (const wait of this.waits) if (wait.log === log) wait.acknowledged(node, acked);
  }

  /**
   * A node that is gone has dropped its lease itself, or another's revoke has waited for its end. But not
   * when what was read is older than the append, as a deposed primary answers: then it had not come yet.
   */
  private async readInto(wait: Wait): Promise<void> {
    if (wait.isOver || wait.isReading) return;
    wait.isReading = true;
    const head = await this.log.readHead().catch(() => null);
    wait.isReading = false;
    if (head?.log !== wait.log || head.seq < wait.seq) return;
    const entries = new Map(head.nodes.map((entry) => [entry.id, entry]));
    for (const id of wait.pending) {
      const entry = entries.get(id);
      if (entry === undefined) wait.leaseEnded(id);
      else wait.acknowledged(id, entry.acked);
    }
  }
}

/** One revoke that waits for its nodes. */
class Wait {
  readonly log: string;
  readonly seq: number;
  /** The log is being read for it. */
  isReading = false;
  private readonly open: Map<string, NodeEntry>;
  private readonly done: NodeAcknowledgement[] = [];
  private wake: () => void = () => undefined;

  constructor(
    { log, seq, nodes }: Appended,
    private readonly elapsedMs: () => number,
  ) {
    this.log = log;
    this.seq = seq;
    this.open = new Map(nodes.map((entry) => [entry.id, entry]));
    for (const { id, acked } of nodes) this.acknowledged(id, acked);
  }

  get isOver(): boolean {
    return this.open.size === 0;
  }

  get pending(): readonly string[] {
    return [...this.open.keys()];
  }

  get outcome(): readonly NodeAcknowledgement[] {
    return this.done;
  }

  acknowledged(id: string, number: number): void {
    if (number >= this.seq) this.close(id, { acknowledgedAfterMs: toMs(this.elapsedMs()) });
  }

  leaseEnded(id: string): void {
    this.close(id, { leaseEnded: true });
  }

  /** Time is up: answers the nodes that were never heard of. */
  endLeases(): readonly NodeEntry[] {
    const silent = [...this.open.values()];
    for (const { id } of silent) this.leaseEnded(id);
    return silent;
  }

  /** Until all is heard, or for `ms`. */
  orAfter(clock: NodeClock, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.after(Math.max(0, ms), resolve);
      this.wake = () => {
        cancel();
        resolve();
      };
    });
  }

  private close(id: string, how: { acknowledgedAfterMs: number } | { leaseEnded: true }): void {
    const entry = this.open.get(id);
    if (entry === undefined) return;
    this.open.delete(id);
    this.done.push({ id, kind: entry.kind, ...how });
    if (this.isOver) this.wake();
  }
}

const toMs = (ms: number): number => Math.round(ms * 1000) / 1000;
