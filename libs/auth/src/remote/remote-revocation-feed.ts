import {
  RevocationFeed,
  type NumberedEvent,
  type PollReply,
  type PollRequest,
} from '../revocation/revocation-log.js';
import { isEvent } from '../redis/redis-doorbell.js';
import type { IssuerClient } from './issuer-client.js';

const path = '/oauth/revocations/poll';

/** The log over HTTP: the server passes each poll on, and says how long the lease is. */
export class RemoteRevocationFeed extends RevocationFeed {
  constructor(private readonly client: IssuerClient) {
    super();
  }

  override async poll({ node, log, acked, after, polls }: PollRequest): Promise<PollReply> {
    const request = { node, polls, acked, after, ...(log === null ? {} : { log }) };
    return readReply(await this.client.postJson(path, request));
  }

  override async leave(node: string): Promise<void> {
    await this.client.postJson(path, { node, polls: 0, acked: 0, after: 0, leaving: true });
  }
}

/** @throws Error for anything but a whole answer: half of one must not become a lease. */
function readReply(answer: Record<string, unknown>): PollReply {
  const { log, seq, events, gap, oldestAgeMs = null, leaseMs } = answer;
  const isWhole =
    typeof log === 'string' &&
    Number.isSafeInteger(seq) &&
    Array.isArray(events) &&
    events.every(isEvent) &&
    typeof gap === 'boolean' &&
    (oldestAgeMs === null || Number.isFinite(oldestAgeMs)) &&
    Number.isFinite(leaseMs);
  if (!isWhole) throw new Error('the answer to the poll is not of the expected form');
  return {
    log,
    seq: seq as number,
    events,
    gap,
    oldestAgeMs: oldestAgeMs as number | null,
    leaseMs: leaseMs as number,
  };
}
