import { Inject, Injectable } from '@nestjs/common';
import { AccessTokenError, type TokenRefusal } from '../access-token/access-token.errors.js';
import type { CheckedToken } from '../access-token/checked-token.js';
import { VerifiedTokens } from '../access-token/verified-tokens.js';
import { TokenVersions, type TokenVerdict } from '../revocation/check/token-versions.js';

/**
 * The guard's check, for where no guard stands: the handshake of a socket, a job, a handler that took its
 * time and must not act late.
 */
@Injectable()
export class TokenChecks {
  constructor(
    @Inject(VerifiedTokens) private readonly tokens: VerifiedTokens,
    @Inject(TokenVersions) private readonly versions: TokenVersions,
  ) {}

  /**
   * The token, if it holds now.
   * @throws AccessTokenError (401) why it does not.
   * @throws UnavailableError (503) when that cannot be known now: then it must not be let in.
   */
  async check(bearerToken: string): Promise<CheckedToken> {
    return this.admit(bearerToken);
  }

  /**
   * For a handler, right before what must not be done with a token that was revoked meanwhile. Take the
   * token by `@CurrentToken()`.
   * @throws as `check` does.
   */
  async assertStillValid(checked: CheckedToken): Promise<void> {
    await this.compare(checked);
  }

  /** As `check`, at once and without a promise where everything is in memory: what the guard asks. */
  admit(bearerToken: string): CheckedToken | Promise<CheckedToken> {
    const verified = this.tokens.check(bearerToken);
    return verified instanceof Promise
      ? verified.then((result) => this.compare(result))
      : this.compare(verified);
  }

  private compare(checked: CheckedToken | TokenRefusal): CheckedToken | Promise<CheckedToken> {
    if (typeof checked === 'string') throw new AccessTokenError(checked);
    const verdict = this.versions.check(checked);
    return verdict instanceof Promise
      ? verdict.then((result) => this.decide(checked, result))
      : this.decide(checked, verdict);
  }

  private decide(checked: CheckedToken, verdict: TokenVerdict): CheckedToken {
    if (verdict !== 'current') throw new AccessTokenError(verdict);
    // A look-up takes time, and a token may have expired in it.
    if (this.tokens.isExpired(checked)) throw new AccessTokenError('token_expired');
    return checked;
  }
}
