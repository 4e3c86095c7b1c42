import type { Page, PageRequest } from '../storage/page.js';
import type { AuditEntry } from './audit-entry.js';

export interface AuditQuery extends PageRequest {
  /** Actor's id, exactly. */
  readonly actor?: string;
  /** Target's id, exactly. */
  readonly target?: string;
  readonly action?: string;
  /** Inclusive. */
  readonly from?: Date;
  /** Exclusive. */
  readonly to?: Date;
  /** Only entries that carry a revocation. */
  readonly revocations?: boolean;
}

/** Append-only: nothing here changes or removes an entry. Lists are newest first. */
export abstract class AuditStore {
  abstract append(entry: AuditEntry): Promise<void>;
  abstract list(query: AuditQuery): Promise<Page<AuditEntry>>;
}
