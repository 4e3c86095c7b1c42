/** @nestjs/jwt in a guard of one's own, as Nest’s documentation begins. */
import {
  Inject,
  Injectable,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule, JwtService } from '@nestjs/jwt';
import { listenNest, path } from './nest.js';
import { headersFor } from './sign.js';
import type { Started } from './started.js';
import { keys } from './users.js';

interface Request {
  readonly headers: { readonly authorization?: string };
  user?: unknown;
}

@Injectable()
class AuthGuard implements CanActivate {
  constructor(@Inject(JwtService) private readonly jwt: JwtService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const [type, token] = request.headers.authorization?.split(' ') ?? [];
    if (type !== 'Bearer' || token === undefined) throw new UnauthorizedException();
    try {
      request.user = await this.jwt.verifyAsync<object>(token);
    } catch {
      throw new UnauthorizedException();
    }
    return true;
  }
}

export async function startNestJwt(): Promise<Started> {
  const imports = [JwtModule.register({ global: true, secret: keys.secret })];
  const providers = [{ provide: APP_GUARD, useClass: AuthGuard }];
  const port = await listenNest({ imports, providers }, 'fastify');
  return { port, path, headers: headersFor('HS256') };
}
