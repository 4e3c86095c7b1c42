import type { NamedVersion } from '../revocation/subject.js';
import type { AccessTokenClaims } from './claims.js';

/** Whoever calls, once verified: all that handlers see of a token. Frozen. */
export interface Principal {
  /** The user's id. */
  readonly subject: string;
  readonly roles: readonly string[];
  /** The application that the session was opened for. */
  readonly clientId: string;
  readonly sessionId: string;
  readonly tokenId: string;
  readonly authenticatedAt: Date;
  readonly tokenExpiresAt: Date;
  readonly sessionExpiresAt: Date;
}

export function toPrincipal(claims: AccessTokenClaims): Principal {
  return Object.freeze({
    subject: claims.sub,
    roles: Object.freeze([...claims.roles]),
    clientId: claims.client_id,
    sessionId: claims.sid,
    tokenId: claims.jti,
    authenticatedAt: new Date(claims.auth_time * 1000),
    tokenExpiresAt: new Date(claims.exp * 1000),
    sessionExpiresAt: new Date(claims.session_exp * 1000),
  });
}

/** A token whose spelling, signature and claims were verified; not yet whether it was revoked. */
export interface CheckedToken {
  readonly token: string;
  readonly kid: string;
  readonly claims: AccessTokenClaims;
  readonly principal: Principal;
  /** What must still stand for the token to hold. */
  readonly subjects: readonly NamedVersion[];
}
