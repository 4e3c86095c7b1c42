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

/**
 * What must still stand for a token to hold: its user, application, everybody, key and session, the last
 * two last, as their refusals read best. One at a time for the guard, which makes no list at each request.
 */
export interface NamedSubjects {
  /** A new list at each look. */
  readonly subjects: readonly NamedVersion[];
  /** Undefined after the last. */
  subjectAt(index: number): Subject | undefined;
  versionAt(index: number): number | undefined;
}

/** Joined and not concatenated: they are kept, and V8 would keep what it was concatenated from as well. */
export const named = <Kind extends string>(kind: Kind, id: string): `${Kind}:${string}` =>
  [kind, id].join(':') as `${Kind}:${string}`;

/** Whether `text` is spelled like a subject, and short enough to be one. */
export function isSubject(text: unknown): text is Subject {
  return typeof text === 'string' && text.length <= 514 && /^(?:i|[uskc]:\S.*)$/.test(text);
}
