import type { Revocation } from '@portcullis/auth';
import type { AuditEntry } from '../../audit/audit-entry.js';

/** A revocation with who did it, to whom, and by what action. */
export interface RecordedRevocation {
  readonly revocation: Revocation;
  readonly entry: AuditEntry;
}

/** Of an entry, what it revoked: one or nothing. */
export const toRecorded = (entry: AuditEntry): readonly RecordedRevocation[] =>
  entry.revocation === null ? [] : [{ revocation: entry.revocation, entry }];
