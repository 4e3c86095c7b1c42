import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.js';
import { subjectsOf } from '../revocation/subject.js';
import type { TokenRefusal } from './access-token.errors.js';
import { isIssuedBy, parseClaims } from './claims.js';
import { parseCompactJws } from './compact-jws.js';
import type { JwtStrategy } from './jwt.strategy.js';
import { toPrincipal, type CheckedToken } from './principal.js';

export interface VerifiedTokensOptions {
  readonly issuer: string;
  readonly audience: string;
  /** Tokens remembered; about 1 kB each. */
  readonly max: number;
  readonly clock: Clock;
}

/**
 * Verifies a token once per process and remembers that its spelling, signature and claims are right.
 * Sound because a token has exactly one accepted spelling. What can change (`exp` against the clock,
 * the versions, the session) is no part of what is remembered: the guard asks it at every request
 * (authup served expired tokens for an hour from such a cache).
 */
export class VerifiedTokens {
  private readonly verified: LRUCache<string, CheckedToken>;

  constructor(
    private readonly strategy: JwtStrategy,
    private readonly options: VerifiedTokensOptions,
  ) {
    this.verified = new LRUCache({ max: options.max });
  }

  /** The token if it is known to be good and has not expired, or why not; a promise at first sight. */
  check(token: string): CheckedToken | TokenRefusal | Promise<CheckedToken | TokenRefusal> {
    const known = this.verified.get(token);
    if (known === undefined) return this.verify(token);
    return this.isExpired(known) ? 'token_expired' : known;
  }

  isExpired(checked: CheckedToken): boolean {
    return this.options.clock.now() >= checked.claims.exp * 1000;
  }

  /** The cheap reasons to refuse come before the signature, which costs fifty times all of them. */
  private async verify(token: string): Promise<CheckedToken | TokenRefusal> {
    const jws = parseCompactJws(token);
    const claims = jws && parseClaims(jws.payload);
    if (!claims) return 'token_invalid';
    const { issuer, audience, clock } = this.options;
    if (claims.iss !== issuer || !claims.aud.includes(audience)) return 'token_invalid';
    if (!isIssuedBy(claims, clock.now())) return 'token_invalid';
    if (clock.now() >= claims.exp * 1000) return 'token_expired';
    if (!(await this.strategy.verify(jws))) return 'token_invalid';
    const { kid } = jws;
    const principal = toPrincipal(claims);
    const subjects = subjectsOf(claims, kid);
    const checked = Object.freeze({ token, kid, claims, principal, subjects });
    this.verified.set(token, checked);
    return this.isExpired(checked) ? 'token_expired' : checked;
  }
}
