// Sabotages of how a node takes part: what it says to the log and to the bell, and when.
import { Doorbell, type Ring } from '../../../libs/auth/src/revocation/doorbell.js';
import type { NodeClock } from '../../../libs/auth/src/revocation/node.clock.js';
import type { PollReply, PollRequest } from '../../../libs/auth/src/revocation/revocation-log.js';
import { RevocationMember } from '../../../libs/auth/src/revocation/revocation-member.js';

/** The lease begins when the answer comes. */
export class LeaseFromTheReply extends RevocationMember {
  protected override accept(reply: PollReply, _: unknown, request: PollRequest): void {
    super.accept(reply, this.setup.clock.moment(), request);
  }
}

/** Acknowledges what it hears at once, and comes round to it later. */
export class AcknowledgesFirst extends Doorbell {
  constructor(
    private readonly bell: Doorbell,
    private readonly clock: NodeClock,
    private readonly node: string,
  ) {
    super();
  }

  override onRing(listener: (ring: Ring) => void): () => void {
    return this.bell.onRing((ring) => {
      this.bell.acknowledge({ log: ring.log, node: this.node, acked: ring.seq });
      this.clock.after(100, () => listener(ring));
    });
  }

  override acknowledge(...args: Parameters<Doorbell['acknowledge']>): boolean {
    return this.bell.acknowledge(...args);
  }

  override open(): void {
    this.bell.open();
  }

  override close(): void {
    this.bell.close();
  }
}

/** Goes out of the log first, and drops its lease when that is done and a little more. */
export class LeavesBeforeItsLease extends RevocationMember {
  override async leave(): Promise<void> {
    const { feed, node, clock } = this.setup;
    await feed.leave(node).catch(() => undefined);
    await new Promise<void>((resolve) => clock.after(500, resolve));
    await super.leave();
  }
}
