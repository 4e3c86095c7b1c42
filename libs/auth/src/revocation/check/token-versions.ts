import type { CheckedToken } from '../../access-token/principal.js';

export type TokenVerdict = 'current' | 'token_revoked' | 'session_revoked';

/**
 * Says whether what a token names still stands: its user, application and everybody at the versions it
 * carries, its session not ended, its key not revoked. Asked at every request and again before a
 * token is handed out.
 */
export abstract class TokenVersions {
  /**
   * The verdict, at once when it is known from memory.
   * @throws ProblemException `unavailable` (or rejects with it) when it cannot be known now: no record
   *   never means not revoked.
   */
  abstract check(token: CheckedToken): TokenVerdict | Promise<TokenVerdict>;
}
