import type { AccessTokenClaims } from '@portcullis/auth';

/**
 * Anything with a version that only grows: a user `u:<id>`, a session `s:<sid>`, an application
 * `c:<client_id>`, everybody `i`, a signing key `k:<kid>`.
 */
export type Subject = `u:${string}` | `s:${string}` | `c:${string}` | 'i' | `k:${string}`;

/** The version that a token must name; null where no token of the subject holds (gone, suspended). */
export type CurrentVersion = number | null;

/** The five subjects of a token with the version it names; session and key last, as they read best. */
export function subjectsOf(claims: AccessTokenClaims, kid: string): readonly [Subject, number][] {
  return [
    [`u:${claims.sub}`, claims.ver],
    [`c:${claims.client_id}`, claims.client_ver],
    ['i', claims.issuer_ver],
    [`k:${kid}`, 1],
    [`s:${claims.sid}`, 1],
  ];
}
