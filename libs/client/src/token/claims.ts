// What the client reads in a token. It checks no signature: only the server can say what holds.

export interface Claims {
  readonly sid: string;
  readonly sub: string;
  readonly client_id: string;
  readonly ver: number;
  readonly iat: number;
  readonly exp: number;
  readonly auth_time: number;
  readonly session_exp: number;
  readonly roles: readonly string[];
}

/** What makes one token of a session newer than another. */
export type Rank = Pick<Claims, 'ver' | 'exp' | 'iat'>;

/** Null for what is no token of this kind. */
export function readClaims(token: string): Claims | null {
  try {
    const base64 = token.split('.')[1]?.replace(/-/g, '+').replace(/_/g, '/') ?? '';
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as Claims;
    const { sid, sub, client_id, roles } = claims;
    const isOurs =
      [sid, sub, client_id].every((text) => typeof text === 'string') &&
      // A sum with a text in it is a text, and one with a hole is not a number.
      Number.isFinite(
        claims.ver + claims.iat + claims.exp + claims.auth_time + claims.session_exp,
      ) &&
      Array.isArray(roles);
    return isOurs ? claims : null;
  } catch {
    return null;
  }
}

/** By (`ver`, `exp`, `iat`), never by which answer came first. */
export const isNewer = (next: Rank, than: Rank): boolean =>
  (next.ver - than.ver || next.exp - than.exp || next.iat - than.iat) > 0;

/** Of two sessions the one that was begun later, so that all tabs come to the same one. */
export const isLaterSession = (next: Claims, than: Claims): boolean =>
  (next.auth_time - than.auth_time || (next.sid > than.sid ? 1 : -1)) > 0;
