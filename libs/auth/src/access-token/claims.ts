/** What a token says (RFC 7519, RFC 9068, and the versions that make it revocable). */
export interface AccessTokenClaims {
  readonly iss: string;
  /** The user's id. */
  readonly sub: string;
  /** The application's audience, and the issuer itself. */
  readonly aud: readonly string[];
  /** The application that the session was opened for. */
  readonly client_id: string;
  /** Seconds since the epoch, like every time here. */
  readonly iat: number;
  readonly exp: number;
  /** When the user gave the credentials: the same in every token of the session. */
  readonly auth_time: number;
  /** The session's absolute end: never recomputed. */
  readonly session_exp: number;
  readonly sid: string;
  readonly jti: string;
  /** Versions of the user, of the application and of everybody when the user was authorised. */
  readonly ver: number;
  readonly client_ver: number;
  readonly issuer_ver: number;
  readonly roles: readonly string[];
}

/** How far in the future `iat` may lie: clocks of services differ. */
const maxFutureSeconds = 60;

/**
 * Types the claims, or returns null. Libraries let a missing `exp`, an array as `sub` and `1e999` as a
 * time through, and a `sub` of the wrong type has made an ORM answer with its first user.
 */
export function parseClaims(payload: Readonly<Record<string, unknown>>): AccessTokenClaims | null {
  const { iss, sub, client_id, sid, jti, aud, roles, nbf } = payload;
  const { iat, exp, auth_time, session_exp, ver, client_ver, issuer_ver } = payload;
  const identifiers = [iss, sub, client_id, sid, jti].every(isIdentifier);
  const times = [iat, exp, auth_time, session_exp].every(isTime);
  const versions = [ver, client_ver, issuer_ver].every((value) => isTime(value) && value > 0);
  if (!identifiers || !times || !versions) return null;
  if (!isListOf(aud, isIdentifier) || aud.length === 0 || !isListOf(roles, isIdentifier))
    return null;
  // Never issued here, but RFC 7519 §4.1.5 binds whoever meets it.
  if (nbf !== undefined && !isTime(nbf)) return null;
  const claims = payload as unknown as AccessTokenClaims;
  const ordered =
    claims.auth_time <= claims.iat && claims.iat < claims.exp && claims.exp <= claims.session_exp;
  return ordered ? claims : null;
}

/** What this release knows of claims that were typed before, in a copy that nobody can change. */
export function knownClaims(claims: AccessTokenClaims): AccessTokenClaims {
  const { iss, sub, aud, client_id, iat, exp, auth_time, session_exp } = claims;
  const { sid, jti, ver, client_ver, issuer_ver, roles } = claims;
  return Object.freeze({
    ...{ iss, sub, aud: Object.freeze([...aud]), client_id, iat, exp, auth_time, session_exp },
    ...{ sid, jti, ver, client_ver, issuer_ver, roles: Object.freeze([...roles]) },
  });
}

/** Whether the token was issued, and is valid, by this clock (RFC 7519 §4.1.5, §4.1.6). */
export function isIssuedBy(claims: AccessTokenClaims, nowMs: number): boolean {
  const latest = nowMs / 1000 + maxFutureSeconds;
  const { nbf } = claims as AccessTokenClaims & { readonly nbf?: number };
  return claims.iat <= latest && (nbf === undefined || nbf <= nowMs / 1000);
}

/** Text that may stand in a log line, a header and a database: no control character, no half of a pair. */
function isIdentifier(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= 512 &&
    !/[\p{Cc}\p{Cs}]/u.test(value)
  );
}

function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isListOf<T>(value: unknown, isItem: (item: unknown) => item is T): value is readonly T[] {
  return Array.isArray(value) && value.length <= 64 && value.every(isItem);
}
