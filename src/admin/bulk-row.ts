import type { ErrorCode, Revocation } from '@portcullis/auth';

/** What came of one row of an action on many. */
export interface BulkRow {
  readonly id: string;
  readonly ok: boolean;
  readonly code?: ErrorCode;
}

/** Of an action on many, under one revocation. */
export interface BulkResult {
  readonly results: readonly BulkRow[];
  readonly revocation: Revocation;
}

/** With what the audit log is told: null, where nothing was revoked. */
export interface LoggedBulk {
  readonly result: BulkResult;
  readonly revocation: Revocation | null;
}
