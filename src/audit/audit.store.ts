import type { Page, PageRequest } from '../storage/page.js';
import type { AuditEntry } from './audit-entry.js';

export interface AuditQuery extends PageRequest {
  /** Actor's id, exactly. */
  readonly actor?: string;
  /** Target's id, exactly. */
  readonly target?: string;
  readonly action?: string;
  readonly result?: AuditEntry['result'];
  readonly ip?: string;
  readonly requestId?: string;
  /** Inclusive. */
  readonly from?: Date;
  /** Exclusive. */
  readonly to?: Date;
  /** Only entries that carry a revocation. */
  readonly revocations?: boolean;
}

/** An entry, and where it stands in the order in which the database took them. */
export interface StoredEntry {
  readonly position: string;
  readonly entry: AuditEntry;
}

/** Reads on from a position, in the order in which the database took the entries. */
export interface AuditReader {
  /** Where it stands. */
  readonly position: string;
  /**
   * What is new, the earliest first; what it has answered once it does not answer again. An entry that
   * the database confirmed late may come after a later one, and is not left out.
   */
  next(limit: number): Promise<readonly StoredEntry[]>;
}

/** How many entries of one kind there were in each of some stretches of time of the same length. */
export interface AuditCount {
  readonly action: string;
  readonly result: AuditEntry['result'];
  readonly from: Date;
  readonly stretchMs: number;
  readonly stretches: number;
}

/** Append-only: nothing here changes or removes an entry. Lists are newest first. */
export abstract class AuditStore {
  abstract append(entry: AuditEntry): Promise<void>;
  abstract list(query: AuditQuery): Promise<Page<AuditEntry>>;
  /**
   * From a position that a reader had, on this node or another; null: from now on. What was stored
   * shortly before that position may be answered once more, where several nodes write at once.
   * @throws InvalidCursorError
   */
  abstract readFrom(position: string | null): Promise<AuditReader>;
  abstract count(query: AuditCount): Promise<readonly number[]>;
}
