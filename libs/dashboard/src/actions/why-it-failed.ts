// Why something was not done, or may not have been done, in words.
import { isOffline, ProblemError } from '../api/problem-error.js';

export interface Failed {
  readonly title: string;
  readonly detail: string;
}

export function whyItFailed(error: unknown, verb: string): Failed {
  if (isOffline(error)) {
    return {
      title: 'No answer from the server',
      detail: `Whether it was done is not known. “${verb}” again is safe: what is done stays done.`,
    };
  }
  if (!(error instanceof ProblemError)) {
    return { title: 'This did not work', detail: 'Nothing is known to have changed. Try again.' };
  }
  return { title: titles[error.code] ?? 'Not done', detail: detailOf(error) };
}

const titles: Readonly<Record<string, string>> = {
  last_admin: 'Not done: the last administrator',
  conflict: 'Not done',
  not_found: 'Not done: it is gone',
  unavailable: 'Not confirmed on every node',
  forbidden: 'You may not do this',
};

function detailOf({ message, fields }: ProblemError): string {
  const faults = fields.map(({ field, message: fault }) => `${field}: ${fault}`);
  return faults.length === 0 ? message : faults.join('. ');
}
