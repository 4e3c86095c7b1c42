/** Until when a commit may happen, by the database's clock. */
import { trusted } from 'mongoose';

interface InTime {
  readonly $expr: Readonly<Record<string, unknown>>;
}

/**
 * Joins the filter of a revoke's commit. In the database and by its own clock: a process that slept
 * between its look at a clock and its write would write all the same. Not a bare comparison, as
 * FerretDB (2.7) looks for an index that could answer it, and has no `$$NOW` while it does.
 */
export const inTime = (notAfter: Date): InTime => ({
  $expr: trusted({ $cond: [{ $lt: ['$$NOW', notAfter] }, true, false] }),
});
