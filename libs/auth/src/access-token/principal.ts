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
  /** The times are made anew at each look, and are not in a copy by `{ ...principal }`. */
  readonly authenticatedAt: Date;
  readonly tokenExpiresAt: Date;
  readonly sessionExpiresAt: Date;
}

/** By getters: three dates would be half of what a principal takes of memory. */
export class TokenPrincipal implements Principal {
  readonly subject: string;
  readonly roles: readonly string[];
  readonly clientId: string;
  readonly sessionId: string;
  readonly tokenId: string;
  readonly #claims: AccessTokenClaims;

  constructor(claims: AccessTokenClaims) {
    this.subject = claims.sub;
    this.roles = claims.roles;
    this.clientId = claims.client_id;
    this.sessionId = claims.sid;
    this.tokenId = claims.jti;
    this.#claims = claims;
    Object.freeze(this);
  }

  get authenticatedAt(): Date {
    return new Date(this.#claims.auth_time * 1000);
  }

  get tokenExpiresAt(): Date {
    return new Date(this.#claims.exp * 1000);
  }

  get sessionExpiresAt(): Date {
    return new Date(this.#claims.session_exp * 1000);
  }

  /** For handlers that answer with it. */
  toJSON(): Principal {
    const { subject, roles, clientId, sessionId, tokenId } = this;
    const { authenticatedAt, tokenExpiresAt, sessionExpiresAt } = this;
    const times = { authenticatedAt, tokenExpiresAt, sessionExpiresAt };
    return { subject, roles, clientId, sessionId, tokenId, ...times };
  }
}
