import type { AccessTokenClaims } from './claims.js';
import type { SharedValues } from './shared-values.js';

/** Whoever calls, once verified: all that handlers see of a token. Frozen. */
export interface Principal {
  /** The user's id. */
  readonly subject: string;
  readonly roles: readonly string[];
  /** The application that the session was opened for. */
  readonly clientId: string;
  readonly sessionId: string;
  /** This and the times are read anew at each look, and are not in a copy by `{ ...principal }`. */
  readonly tokenId: string;
  readonly authenticatedAt: Date;
  readonly tokenExpiresAt: Date;
  readonly sessionExpiresAt: Date;
}

interface WithClaims {
  readonly claims: AccessTokenClaims;
}

/** What handlers seldom ask is read from the token again: kept, it would be half of a principal. */
export class TokenPrincipal implements Principal {
  readonly subject: string;
  readonly roles: readonly string[];
  readonly clientId: string;
  readonly sessionId: string;
  readonly #token: WithClaims;

  constructor(claims: AccessTokenClaims, shared: SharedValues, token: WithClaims) {
    this.subject = claims.sub;
    this.roles = shared.list(claims.roles);
    this.clientId = shared.text(claims.client_id);
    this.sessionId = claims.sid;
    this.#token = token;
    Object.freeze(this);
  }

  get tokenId(): string {
    return this.#token.claims.jti;
  }

  get authenticatedAt(): Date {
    return toDate(this.#token.claims.auth_time);
  }

  get tokenExpiresAt(): Date {
    return toDate(this.#token.claims.exp);
  }

  get sessionExpiresAt(): Date {
    return toDate(this.#token.claims.session_exp);
  }

  /** For handlers that answer with it. */
  toJSON(): Principal {
    const { subject, roles, clientId, sessionId, tokenId } = this;
    const { authenticatedAt, tokenExpiresAt, sessionExpiresAt } = this;
    const times = { authenticatedAt, tokenExpiresAt, sessionExpiresAt };
    return { subject, roles, clientId, sessionId, tokenId, ...times };
  }
}

const toDate = (seconds: number): Date => new Date(seconds * 1000);
