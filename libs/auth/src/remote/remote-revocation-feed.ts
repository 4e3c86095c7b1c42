import {
  RevocationFeed,
  type NumberedEvent,
  type PollReply,
  type PollRequest,
} from '../revocation/revocation-log.js';
import { isCount, isEvent } from '../revocation/messages.js';
import type { IssuerClient } from './issuer-client.js';

const path = '/oauth/revocations/poll';
/** Whoever polled five times in less would do nothing else. */
const minLeaseMs = 100;

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
  const { log, seq, events, gap, oldestAgeMs, leaseMs } = answer;
  const isWhole =
    typeof log === 'string' &&
    isCount(seq) &&
    typeof gap === 'boolean' &&
    isCount(leaseMs) &&
    leaseMs >= minLeaseMs &&
    areTheLast(events, seq);
  if (!isWhole) throw new Error('the answer to the poll is not of the expected form');
  return { log, seq, events, gap, oldestAgeMs: gap ? ageOf(oldestAgeMs, events) : null, leaseMs };
}

/** Also of a log that has no event yet, when it was not the first. Whose age is not said is young. */
function ageOf(told: unknown, events: readonly NumberedEvent[]): number | null {
  if (Number.isFinite(told)) return Number(told);
  return events.length === 0 ? null : 0;
}

/** Each at its place, and none missing between them and the end. */
function areTheLast(events: unknown, seq: number): events is NumberedEvent[] {
  if (!Array.isArray(events)) return false;
  const before = seq - events.length;
  return events.every((event, index) => isEvent(event) && event.number === before + index + 1);
}
