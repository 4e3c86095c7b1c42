import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AccessTokenError, type TokenRefusal } from '../access-token/access-token.errors.js';
import type { CheckedToken } from '../access-token/principal.js';
import { VerifiedTokens } from '../access-token/verified-tokens.js';
import { publicKey } from '../decorators.js';
import { rememberChecked, type HttpRequest } from '../http-message.js';
import { TokenVersions, type TokenVerdict } from '../revocation/check/token-versions.js';
import { bearerTokenOf } from './bearer-token.js';

/**
 * The global guard: closed unless `@Public()`. Verified once (signature and claims), compared at every
 * request (`exp`, versions, session). Throws its own 401 or 503, because a guard that answers `false`
 * is a 403. On a warm token with its versions in memory it makes no promise.
 */
@Injectable()
export class JwtGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: VerifiedTokens,
    private readonly versions: TokenVersions,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(publicKey, targets) === true)
      return true;
    // Other transports have no Authorization header of ours: closed until one is defined for them.
    if (context.getType() !== 'http') throw new AccessTokenError('token_missing');
    const request = context.switchToHttp().getRequest<HttpRequest>();
    const checked = this.tokens.check(bearerTokenOf(request));
    return checked instanceof Promise
      ? checked.then((result) => this.compare(request, result))
      : this.compare(request, checked);
  }

  private compare(
    request: HttpRequest,
    checked: CheckedToken | TokenRefusal,
  ): boolean | Promise<boolean> {
    if (typeof checked === 'string') throw new AccessTokenError(checked);
    const verdict = this.versions.check(checked);
    return verdict instanceof Promise
      ? verdict.then((result) => this.admit(request, checked, result))
      : this.admit(request, checked, verdict);
  }

  private admit(request: HttpRequest, checked: CheckedToken, verdict: TokenVerdict): boolean {
    if (verdict !== 'current') throw new AccessTokenError(verdict);
    // A look-up takes time, and a token may have expired in it.
    if (this.tokens.isExpired(checked)) throw new AccessTokenError('token_expired');
    rememberChecked(request, checked);
    return true;
  }
}
