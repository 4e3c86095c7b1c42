/** The ceiling, and what Nest itself takes for a guard and an interceptor that do nothing. */
import {
  Injectable,
  type CallHandler,
  type CanActivate,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import type { Observable } from 'rxjs';
import { listenNest, path, type Adapter } from './nest.js';
import { headersFor } from './sign.js';
import type { Started } from './started.js';

@Injectable()
class NoopGuard implements CanActivate {
  canActivate(_context: ExecutionContext): boolean {
    return true;
  }
}

@Injectable()
class NoopInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle();
  }
}

const guard = { provide: APP_GUARD, useClass: NoopGuard };
const interceptor = { provide: APP_INTERCEPTOR, useClass: NoopInterceptor };

export type Plain = 'bare' | 'guard' | 'guard+interceptor';

/** The token is sent all the same: what reading it off the wire costs is no part of the guard. */
export async function startPlain(adapter: Adapter, what: Plain): Promise<Started> {
  const providers = { bare: [], guard: [guard], 'guard+interceptor': [guard, interceptor] }[what];
  const port = await listenNest({ providers }, adapter);
  return { port, path, headers: headersFor('ES256') };
}
