import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { rolesKey } from '../decorators.js';
import { checkedTokenOf, type HttpRequest } from '../http-message.js';
import { ProblemException } from '../problem/problem.exception.js';

/** Decides by `@Roles()`; runs after `JwtGuard`, on what that let in. */
@Injectable()
export class RolesGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    const wanted = this.reflector.getAllAndOverride<readonly string[] | undefined>(
      rolesKey,
      targets,
    );
    if (wanted === undefined) return true;
    const principal = checkedTokenOf(context.switchToHttp().getRequest<HttpRequest>())?.principal;
    if (principal && wanted.some((role) => principal.roles.includes(role))) return true;
    throw new ProblemException('forbidden', `This needs the role ${wanted.join(' or ')}.`, {
      // RFC 6750 §3.1
      headers: { 'www-authenticate': 'Bearer error="insufficient_scope"' },
    });
  }
}
