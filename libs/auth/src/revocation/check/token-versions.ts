import type { NamedSubjects, Subject } from '../subject.js';

type Refusal = 'token_revoked' | 'session_revoked';
export type TokenVerdict = 'current' | Refusal;

/** What a token is told when it is this subject that no longer stands. */
export function refusalOf(subject: Subject): Refusal {
  return subject.startsWith('s:') ? 'session_revoked' : 'token_revoked';
}

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
  abstract check(token: NamedSubjects): TokenVerdict | Promise<TokenVerdict>;
}
