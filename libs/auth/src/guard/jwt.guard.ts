import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AccessTokenError } from '../access-token/access-token.errors.js';
import type { CheckedToken } from '../access-token/principal.js';
import { publicKey } from '../decorators.js';
import { rememberChecked, type HttpRequest } from '../http-message.js';
import { bearerTokenOf } from './bearer-token.js';
import { TokenChecks } from './token-checks.js';

/**
 * The global guard: closed unless `@Public()`. Verified once (signature and claims), compared at every
 * request (`exp`, versions, session). Throws its own 401 or 503, because a guard that answers `false`
 * is a 403. On a warm token with its versions in memory it makes no promise.
 */
@Injectable()
export class JwtGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly checks: TokenChecks,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(publicKey, targets) === true)
      return true;
    // Other transports have no Authorization header of ours: closed until one is defined for them.
    if (context.getType() !== 'http') throw new AccessTokenError('token_missing');
    const request = context.switchToHttp().getRequest<HttpRequest>();
    const checked = this.checks.admit(bearerTokenOf(request));
    return checked instanceof Promise
      ? checked.then((result) => letIn(request, result))
      : letIn(request, checked);
  }
}

function letIn(request: HttpRequest, checked: CheckedToken): true {
  rememberChecked(request, checked);
  return true;
}
