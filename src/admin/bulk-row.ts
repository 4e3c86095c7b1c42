import type { ErrorCode } from '@portcullis/auth';

/** What came of one row of an action on many. */
export interface BulkRow {
  readonly id: string;
  readonly ok: boolean;
  readonly code?: ErrorCode;
}
