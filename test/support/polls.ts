/** What is said to a revocation log; a test says only what it is about. */
import type {
  NodeEntry,
  NumberedEvent,
  PollRequest,
  RevocationEvent,
  RevocationLog,
} from '@portcullis/auth';
import { repeat } from './together.js';

/** The first poll of a node that knows no log. */
export const firstPoll = (node: string, given: Partial<PollRequest> = {}): PollRequest => ({
  node,
  kind: 'server',
  log: null,
  acked: 0,
  polls: 1,
  after: 0,
  leaseMs: 5_000,
  ...given,
});

/** So many events, of which each tells where it is when they are a log's first. */
export const newEvents = (count: number, from = 1): RevocationEvent[] =>
  repeat(count, (n) => ({ subject: `u:user${from + n}`, version: from + n }));

/** The same at their places. */
export const numberedEvents = (from: number, to: number): NumberedEvent[] =>
  newEvents(to - from + 1, from).map((event) => ({ ...event, number: event.version }));

export async function entryOf(log: RevocationLog, id: string): Promise<NodeEntry | undefined> {
  const { nodes } = await log.readHead();
  return nodes.find((entry) => entry.id === id);
}
