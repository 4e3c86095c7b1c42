import { ProblemException } from '@portcullis/auth';

export const ownSession = (): ProblemException =>
  new ProblemException('conflict', 'The session that asks is ended by itself, not among others.');

export const otherCount = (total: number): ProblemException =>
  new ProblemException(
    'conflict',
    `${String(total)} sessions match by now, not as many as were expected: nothing was done.`,
  );

export const tooManySessions = (limit: number): ProblemException =>
  new ProblemException(
    'conflict',
    `More than ${String(limit)} sessions match: narrow the filter, or revoke the user, the application or everybody.`,
  );

/** Everybody's sessions are ended by `POST /admin/revoke-all`, never by a filter that was forgotten. */
export const emptyFilter = (): ProblemException =>
  new ProblemException('validation_failed', 'The filter names nothing.', {
    errors: [{ field: 'filter', message: 'must have at least one member' }],
  });
