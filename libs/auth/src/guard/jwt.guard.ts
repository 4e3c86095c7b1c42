import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AccessTokenError } from '../access-token/access-token.errors.js';
import type { CheckedToken } from '../access-token/checked-token.js';
import { rememberChecked, type HttpRequest } from '../http-message.js';
import { Slide } from '../refresh/slide.js';
import { bearerTokenOf } from './bearer-token.js';
import { assertRole } from './roles.js';
import { AllRouteRules, type RouteRules } from './route-rules.js';
import { TokenChecks } from './token-checks.js';

/**
 * The global guard: closed unless `@Public()`, and to whoever lacks the role that `@Roles()` wants.
 * Verified once (signature and claims), compared at every request (`exp`, versions, session). Throws its
 * own 401, 403 or 503, because a guard that answers `false` is a 403 of Nest's. One guard and not two, and
 * on a warm token no promise: Nest awaits each.
 */
@Injectable()
export class JwtGuard implements CanActivate {
  private readonly rules: AllRouteRules;

  constructor(
    reflector: Reflector,
    private readonly checks: TokenChecks,
    private readonly slide: Slide,
  ) {
    this.rules = new AllRouteRules(reflector);
  }

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const rules = this.rules.of(context);
    if (rules.isPublic) {
      assertRole(undefined, rules.roles);
      return true;
    }
    // Other transports have no Authorization header of ours: closed until one is defined for them.
    if (context.getType() !== 'http') throw new AccessTokenError('token_missing');
    const request = context.getArgByIndex<HttpRequest>(0);
    const checked = this.checks.admit(bearerTokenOf(request));
    return checked instanceof Promise
      ? checked.then((result) => this.letIn(request, result, rules))
      : this.letIn(request, checked, rules);
  }

  private letIn(request: HttpRequest, checked: CheckedToken, { roles, slides }: RouteRules): true {
    rememberChecked(request, checked);
    assertRole(checked.principal, roles);
    if (slides) this.slide.begin(request, checked);
    return true;
  }
}
