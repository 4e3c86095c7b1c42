/** The document that the log is in MongoDB, and how it is read and written. */
import type { NodeEntry, NodeKind, RevocationEvent, Subject } from '@portcullis/auth';
import { keptEvents, type LoggedEvent } from './poll-reply.js';

export interface LogRow {
  readonly _id: string;
  readonly log: string;
  readonly seq: number;
  readonly events: readonly EventRow[];
  /** By their ids, as `toField` spells them. */
  readonly nodes: Readonly<Record<string, NodeRow>>;
  /** Missing for a moment, as an insert cannot take the database's time. */
  readonly born?: Date;
  readonly isFirst: boolean;
}

interface EventRow {
  readonly k: Subject;
  readonly v: number;
  readonly t: Date;
}

interface NodeRow {
  readonly acked: number;
  readonly polls: number;
  readonly leaseMs: number;
  readonly kind: NodeKind;
  readonly at: Date;
}

export const documentId = 'head';

/** A dot would lead into the field; a tilde is in no id. */
const toField = (id: string): string => id.replaceAll('.', '~');
const fromField = (field: string): string => field.replaceAll('~', '.');

/** Where a node's entry is, for updates and filters. */
export const nodePath = (id: string): string => `nodes.${toField(id)}`;

export const entryOf = ({ nodes }: Pick<LogRow, 'nodes'>, id: string): NodeRow | undefined =>
  nodes[toField(id)];

export const toEntries = (nodes: LogRow['nodes']): NodeEntry[] =>
  Object.entries(nodes).map(([field, { at, ...entry }]) => {
    return { id: fromField(field), ...entry, polledAt: at };
  });

export const toEvents = (events: readonly EventRow[]): LoggedEvent[] =>
  events.map(({ k, v, t }) => ({ subject: k, version: v, at: t }));

/** A log whose maker was killed before he could say when it was born is no older than its first event. */
export const addition = (events: readonly RevocationEvent[]): object[] => {
  // A subject is no path of a field: it never begins with a dollar sign.
  const added = events.map(({ subject, version }) => ({ k: subject, v: version, t: '$$NOW' }));
  const all = { $concatArrays: ['$events', added] };
  const seq = { $add: ['$seq', added.length] };
  const born = { $ifNull: ['$born', '$$NOW'] };
  return [{ $set: { seq, born, events: { $slice: [all, -keptEvents] } } }];
};
