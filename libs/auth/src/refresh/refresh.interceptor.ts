import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { from, map, mergeMap, of, type Observable } from 'rxjs';
import type { CheckedToken } from '../access-token/principal.js';
import { VerifiedTokens } from '../access-token/verified-tokens.js';
import { skipRefreshKey } from '../decorators.js';
import { checkedTokenOf, isPassive, type HttpRequest, type HttpResponse } from '../http-message.js';
import { TokenVersions } from '../revocation/check/token-versions.js';
import { AccessTokenIssuer } from './access-token.issuer.js';

/**
 * The slide, on the way out only: a 2xx answer to a checked, non-passive request carries the session's
 * freshest token. State is checked once more after the handler: a session that was revoked while the
 * handler ran must not leave with a new token (Keycloak CVE-2026-1035).
 */
@Injectable()
export class RefreshInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: VerifiedTokens,
    private readonly versions: TokenVersions,
    private readonly issuer: AccessTokenIssuer,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const http = context.switchToHttp();
    const request = http.getRequest<HttpRequest>();
    const checked = checkedTokenOf(request);
    if (checked === undefined || isPassive(request) || this.isSkipped(context))
      return next.handle();
    this.issuer.prepare(checked);
    const response = http.getResponse<HttpResponse>();
    return next.handle().pipe(
      mergeMap((body: unknown, index) => {
        // A stream's later values come when the headers have long been sent.
        const done = index === 0 ? this.attach(checked, response) : undefined;
        return done instanceof Promise ? from(done).pipe(map(() => body)) : of(body);
      }),
    );
  }

  private isSkipped(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    return this.reflector.getAllAndOverride<boolean | undefined>(skipRefreshKey, targets) === true;
  }

  private attach(checked: CheckedToken, response: HttpResponse): Promise<void> | undefined {
    if (response.statusCode < 200 || response.statusCode > 299) return undefined;
    let verdict;
    try {
      verdict = this.versions.check(checked);
    } catch {
      return undefined;
    }
    if (verdict instanceof Promise) return this.attachLater(checked, response, verdict);
    if (verdict !== 'current' || this.tokens.isExpired(checked)) return undefined;
    const token = this.issuer.refresh(checked);
    if (token instanceof Promise) return this.attachLater(checked, response, verdict, token);
    setToken(response, token);
    return undefined;
  }

  /** The handler's work is done: where state cannot be known now, its answer goes out without a token. */
  private async attachLater(
    checked: CheckedToken,
    response: HttpResponse,
    verdict: ReturnType<TokenVersions['check']>,
    token?: Promise<string | null>,
  ): Promise<void> {
    try {
      if ((await verdict) !== 'current' || this.tokens.isExpired(checked)) return;
      setToken(response, await (token ?? this.issuer.refresh(checked)));
    } catch {
      // Left without a token, as said above; the next request is checked like any other.
    }
  }
}

function setToken(response: HttpResponse, token: string | null): void {
  if (token === null) return;
  response.header('authorization', `Bearer ${token}`);
  // A shared cache that kept this answer would hand the session to the next reader.
  response.header('cache-control', 'no-store');
}
