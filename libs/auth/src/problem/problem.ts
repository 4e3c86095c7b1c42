/** The error shape of every answer: RFC 9457 `application/problem+json`, with a `code` for programs. */

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ErrorCode;
  /** The path that was asked for, without its query: a query may hold what no log should. */
  readonly instance?: string;
  /** Each fault of a 400 `validation_failed`. */
  readonly errors?: readonly FieldFault[];
}

export interface FieldFault {
  readonly field: string;
  readonly message: string;
}

/** Every code there is, with its status and title. A code never changes its meaning. */
export const problems = {
  validation_failed: { status: 400, title: 'Validation failed' },
  invalid_request: { status: 400, title: 'Invalid request' },
  invalid_credentials: { status: 401, title: 'Invalid credentials' },
  token_missing: { status: 401, title: 'Authentication required' },
  token_invalid: { status: 401, title: 'Invalid token' },
  token_expired: { status: 401, title: 'Token expired' },
  token_revoked: { status: 401, title: 'Token revoked' },
  session_revoked: { status: 401, title: 'Session revoked' },
  account_suspended: { status: 403, title: 'Account suspended' },
  forbidden: { status: 403, title: 'Forbidden' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  not_acceptable: { status: 406, title: 'Not acceptable' },
  payload_too_large: { status: 413, title: 'Payload too large' },
  unsupported_media_type: { status: 415, title: 'Unsupported media type' },
  email_taken: { status: 409, title: 'E-mail address taken' },
  conflict: { status: 409, title: 'Conflict' },
  last_admin: { status: 409, title: 'Last administrator' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal_error: { status: 500, title: 'Internal error' },
  unavailable: { status: 503, title: 'Unavailable' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof problems;
