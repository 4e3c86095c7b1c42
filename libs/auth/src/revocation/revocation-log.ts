import type { Subject } from './subject.js';

/** "No version of `subject` below `version` holds." What the log is made of. */
export interface RevocationEvent {
  readonly subject: Subject;
  readonly version: number;
}

/** An event at its place in the log. Numbers begin at 1 and have no holes. */
export interface NumberedEvent extends RevocationEvent {
  readonly number: number;
}

/** `server`: a node of the issuer. `service`: an application's own, joined over HTTP. */
export type NodeKind = 'server' | 'service';

export interface PollRequest {
  /** Made anew at each boot: an id is never used by two processes. */
  readonly node: string;
  readonly kind: NodeKind;
  /** The log that `acked` and `after` are numbers of; null for a node that knows none. */
  readonly log: string | null;
  /** Every event up to here has been applied. */
  readonly acked: number;
  /** How often this node has polled: grows by one each time, and never starts again. */
  readonly polls: number;
  /** Events after this one are asked for. */
  readonly after: number;
  /** How long the node will trust its memory after this poll. */
  readonly leaseMs: number;
}

export interface PollReply {
  /** The log's identity, made with it. */
  readonly log: string;
  /** The number of its last event. */
  readonly seq: number;
  /** Ascending up to `seq`: those after `after`, or all that are kept when it is a gap. */
  readonly events: readonly NumberedEvent[];
  /** `after` is of another log, beyond `seq`, or so old that what followed it is gone. */
  readonly gap: boolean;
  /**
   * With a gap: the age of the oldest event by the database's clock; 0 in a log that took another's place
   * and has none yet, null when there never was one.
   */
  readonly oldestAgeMs: number | null;
  /** How long the node may trust its memory from when it sent this poll. */
  readonly leaseMs: number;
}

/** One node as the log knows it. */
export interface NodeEntry {
  readonly id: string;
  readonly kind: NodeKind;
  readonly acked: number;
  readonly polls: number;
  readonly leaseMs: number;
  /** When it polled last, by the database's clock. For people to look at: nothing is decided by it. */
  readonly polledAt: Date;
}

export interface LogHead {
  readonly log: string;
  readonly seq: number;
  readonly nodes: readonly NodeEntry[];
}

export interface Appended extends LogHead {
  /** When it was appended, by the database's clock. */
  readonly at: Date;
  /** How old the log is by the same clock; null when the whole database was born with it. */
  readonly logAgeMs: number | null;
}

/** The log as a member follows it: in the database, or over HTTP from the server. */
export abstract class RevocationFeed {
  /**
   * Writes the node's entry and answers what is new, as one atomic step that reads what was last
   * written (a linearizable register).
   * @throws when that was not confirmed: then nothing of it counts.
   */
  abstract poll(request: PollRequest): Promise<PollReply>;
  /** Takes the node out. It has dropped its lease before, and this id never polls again. */
  abstract leave(node: string): Promise<void>;
}

/**
 * The log itself: one document that puts every revoke in order, and the only thing that safety depends
 * on. It keeps the last 1,000 events.
 */
export abstract class RevocationLog extends RevocationFeed {
  /**
   * Adds events at the end, with the time, as one atomic step on the same register.
   * @throws when that was not confirmed: it may have happened.
   */
  abstract append(events: readonly RevocationEvent[]): Promise<Appended>;
  /** The nodes now; an ordinary read, which may be a moment old. */
  abstract readHead(): Promise<LogHead>;
  /** Takes a node out if it has not polled since it was seen with `polls`, in this log. */
  abstract expel(log: string, node: string, polls: number): Promise<void>;
}
