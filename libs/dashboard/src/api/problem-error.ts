// What an answer that is no success says: RFC 9457, as the server writes it.

interface Problem {
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly status: number,
    /** `last_admin`, `unavailable` …; empty when the answer was not from this server. */
    readonly code: string,
    message: string,
    readonly fields: readonly { readonly field: string; readonly message: string }[],
    /** What to look for in the server's log. */
    readonly requestId: string | null,
  ) {
    super(message);
  }
}

export function toProblemError(body: unknown, response: Response): ProblemError {
  const problem: Problem = typeof body === 'object' && body !== null ? body : {};
  const message = problem.detail ?? problem.title ?? `The server answered ${response.status}.`;
  return new ProblemError(
    response.status,
    problem.code ?? '',
    message,
    problem.errors ?? [],
    response.headers.get('x-request-id'),
  );
}

/** `fetch` rejects with a TypeError when nothing answered. */
export const isOffline = (error: unknown): boolean => error instanceof TypeError;
