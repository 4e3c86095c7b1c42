// What ends somebody's access is not sent without a reason.
import { ProblemError } from '../api/problem-error.js';

export const sayWhy = 'Say why: whoever reads the audit log will ask.';

/** As the server would refuse it, which cannot know what this form needs a reason for. */
export const reasonMissing = (): ProblemError =>
  new ProblemError(400, 'validation_failed', sayWhy, [{ field: 'reason', message: sayWhy }], null);
