import type { AccessTokenClaims } from '../access-token/claims.js';

/**
 * Anything with a version that only grows: a user `u:<id>`, a session `s:<sid>` (1 live, 2 ended), an
 * application `c:<client_id>`, a signing key `k:<kid>` (1 good, 2 revoked), everybody `i`.
 */
export type Subject = `u:${string}` | `s:${string}` | `c:${string}` | 'i' | `k:${string}`;

/** What is known of a subject. A token holds while it names this version and the status is `active`. */
export interface SubjectVersion {
  readonly version: number;
  /** `active`, or why nothing of the subject holds: `suspended`, `disabled`, `ended`, `revoked`. */
  readonly status: string;
}

/** A subject that a token names, and the version it names it with. */
export type NamedVersion = readonly [subject: Subject, version: number];

/** The five subjects of a token; session and key last, as their refusals read best. */
export function subjectsOf(claims: AccessTokenClaims, kid: string): readonly NamedVersion[] {
  return [
    [named('u', claims.sub), claims.ver],
    [named('c', claims.client_id), claims.client_ver],
    ['i', claims.issuer_ver],
    [named('k', kid), 1],
    [named('s', claims.sid), 1],
  ];
}

/** Joined and not concatenated: they are kept, and V8 would keep what it was concatenated from as well. */
const named = <Kind extends string>(kind: Kind, id: string): `${Kind}:${string}` =>
  [kind, id].join(':') as `${Kind}:${string}`;

/** Whether `text` is spelled like a subject, and short enough to be one. */
export function isSubject(text: unknown): text is Subject {
  return typeof text === 'string' && text.length <= 514 && /^(?:i|[uskc]:\S.*)$/.test(text);
}
