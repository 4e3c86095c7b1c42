/** What the commit of a revoke is conditional on, for tests that are about something else. */
import type { CommitCondition } from '@portcullis/auth';

/** At this version, and in time whatever the clock says. */
export const when = (version: number): CommitCondition => ({
  version,
  notAfter: new Date('2200-01-01'),
});

/** At this version, and a moment too late by any clock that is right to the second. */
export const tooLate = (version: number): CommitCondition => ({
  version,
  notAfter: new Date(Date.now() - 1000),
});
