// Sabotages of the revoker, and of the log as it sees it.
import {
  RevocationLog,
  type Appended,
  type LogHead,
  type PollReply,
  type PollRequest,
  type RevocationEvent,
} from '../../../libs/auth/src/revocation/revocation-log.js';
import { Revoker } from '../../../libs/auth/src/revocation/revoke/revoker.js';

/** Nothing is announced before the commit. */
export class NoIntent extends Revoker {
  constructor(
    private readonly log: RevocationLog,
    ...others: OthersOfRevoker
  ) {
    super(log, ...others);
  }

  protected override async announceIntent(): Promise<Appended> {
    // An append of nothing: it tells the time and the nodes.
    return this.log.append([]);
  }
}

/** Nothing is announced after the commit: whoever has the intent is taken to know. */
export class NoDone extends Revoker {
  private intent: Appended | null = null;

  protected override async announceIntent(events: readonly RevocationEvent[]): Promise<Appended> {
    this.intent = await super.announceIntent(events);
    return this.intent;
  }

  protected override async announceDone(): Promise<Appended> {
    if (this.intent === null) throw new Error('there was no intent');
    return this.intent;
  }
}

type OthersOfRevoker =
  ConstructorParameters<typeof Revoker> extends [unknown, ...infer Others] ? Others : never;

/** The log, passed on as it is; those below change what it says. */
abstract class PassedOn extends RevocationLog {
  constructor(protected readonly log: RevocationLog) {
    super();
  }

  override append(events: readonly RevocationEvent[]): Promise<Appended> {
    return this.log.append(events);
  }

  override poll(request: PollRequest): Promise<PollReply> {
    return this.log.poll(request);
  }

  override readHead(): Promise<LogHead> {
    return this.log.readHead();
  }

  override expel(log: string, node: string, polls: number): Promise<void> {
    return this.log.expel(log, node, polls);
  }

  override leave(node: string): Promise<void> {
    return this.log.leave(node);
  }
}

/** Says that leases are shorter than they are, so that revokes wait too short a time. */
export class ShortLeases extends PassedOn {
  override async append(events: readonly RevocationEvent[]): Promise<Appended> {
    const appended = await super.append(events);
    const nodes = appended.nodes.map((node) => ({ ...node, leaseMs: node.leaseMs * 0.8 }));
    return { ...appended, nodes };
  }
}

/** Does not say that it was made a moment ago, in place of another. */
export class NoBirth extends PassedOn {
  override async append(events: readonly RevocationEvent[]): Promise<Appended> {
    return { ...(await super.append(events)), logAgeMs: null };
  }
}

/** Whatever an ordinary read of the log answers is taken for the newest. */
export class OldHeads extends PassedOn {
  override async readHead(): Promise<LogHead> {
    return { ...(await super.readHead()), seq: Infinity };
  }
}
