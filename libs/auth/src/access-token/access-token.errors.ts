import { ProblemException } from '../problem/problem.exception.js';
import type { ErrorCode } from '../problem/problem.js';

/** Why a token is refused: the codes of a 401. */
export type TokenRefusal =
  'token_missing' | 'token_invalid' | 'token_expired' | 'token_revoked' | 'session_revoked';

const details: Record<TokenRefusal, string> = {
  token_missing: 'This resource needs an access token: send it as "Authorization: Bearer <token>".',
  token_invalid: 'The access token is not a valid token for this resource.',
  token_expired: 'The access token has expired.',
  token_revoked: 'The access token was revoked.',
  session_revoked: 'The session was ended.',
};

/** 401 with the challenge of RFC 6750 §3: no error code where no token was sent. */
export class AccessTokenError extends ProblemException {
  constructor(code: TokenRefusal & ErrorCode) {
    const { stackTraceLimit } = Error;
    // No fault of the code's: recording where it came from would cost more than all that was checked, for
    // whoever sends rubbish.
    Error.stackTraceLimit = 0;
    super(code, details[code], { headers: { 'www-authenticate': challengeOf(code) } });
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function challengeOf(code: TokenRefusal): string {
  if (code === 'token_missing') return 'Bearer';
  return `Bearer error="invalid_token", error_description="${details[code]}"`;
}

/** 503: it cannot be known now whether the token still holds, so nothing is let in unchecked. */
export class UnavailableError extends ProblemException {
  constructor(detail: string, cause?: unknown) {
    super('unavailable', detail, { headers: { 'retry-after': '1' }, cause });
  }
}
