// What ends somebody's access is not sent without a reason.
import { ProblemError } from '../api/problem-error.js';

export const sayWhy = 'Say why: whoever reads the audit log will ask.';

/** As the server would refuse it, which cannot know what this form needs a reason for. */
export const reasonMissing = (): ProblemError =>
  new ProblemError(400, 'validation_failed', sayWhy, [{ field: 'reason', message: sayWhy }], null);

/** What is wrong with the reason that was given, if that is why it was refused. */
export const reasonFault = (error: unknown): string | undefined =>
  error instanceof ProblemError
    ? error.fields.find(({ field }) => field === 'reason')?.message
    : undefined;
