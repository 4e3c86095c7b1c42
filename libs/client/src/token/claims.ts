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

const texts = ['sid', 'sub', 'client_id'] as const;
const numbers = ['ver', 'iat', 'exp', 'auth_time', 'session_exp'] as const;

/** Null for what is no token of this kind. */
export function readClaims(token: string): Claims | null {
  try {
    const base64 = token.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? '';
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as Claims;
    const isOurs =
      texts.every((name) => typeof claims[name] === 'string') &&
      numbers.every((name) => Number.isFinite(claims[name])) &&
      Array.isArray(claims.roles);
    return isOurs ? claims : null;
  } catch {
    return null;
  }
}

/** By (`ver`, `exp`, `iat`), never by which answer came first. */
export function isNewer(next: Rank, than: Rank): boolean {
  return (next.ver - than.ver || next.exp - than.exp || next.iat - than.iat) > 0;
}

/** Of two sessions the one that was begun later, so that all tabs come to the same one. */
export function isLaterSession(next: Claims, than: Claims): boolean {
  return next.auth_time === than.auth_time ? next.sid > than.sid : next.auth_time > than.auth_time;
}
