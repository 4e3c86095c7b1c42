import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Observable } from 'rxjs';
import type { CheckedToken, MintedToken } from '../access-token/checked-token.js';
import { VerifiedTokens } from '../access-token/verified-tokens.js';
import { AllRouteRules } from '../guard/route-rules.js';
import { checkedTokenOf, isPassive, type HttpRequest, type HttpResponse } from '../http-message.js';
import { TokenVersions } from '../revocation/check/token-versions.js';
import { AccessTokenIssuer } from './access-token.issuer.js';
import { beforeFirstValue } from './before-first-value.js';

/**
 * The slide, on the way out only: a 2xx answer to a checked, non-passive request carries the session's
 * freshest token. State is checked once more after the handler: a session that was revoked while the
 * handler ran must not leave with a new token (Keycloak CVE-2026-1035).
 */
@Injectable()
export class RefreshInterceptor implements NestInterceptor {
  private readonly rules: AllRouteRules;

  constructor(
    reflector: Reflector,
    private readonly tokens: VerifiedTokens,
    private readonly versions: TokenVersions,
    private readonly issuer: AccessTokenIssuer,
  ) {
    this.rules = new AllRouteRules(reflector);
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.getArgByIndex<HttpRequest>(0);
    const checked = checkedTokenOf(request);
    if (checked === undefined || isPassive(request) || !this.rules.of(context).slides)
      return next.handle();
    this.issuer.prepare(checked);
    const response = context.getArgByIndex<HttpResponse>(1);
    // A stream's later values come when the headers have long been sent.
    return beforeFirstValue(next.handle(), () => this.attach(checked, response));
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
    const fresh = this.issuer.refresh(checked);
    if (fresh instanceof Promise) return this.attachLater(checked, response, verdict, fresh);
    setToken(response, fresh);
    return undefined;
  }

  /** The handler's work is done: where state cannot be known now, its answer goes out without a token. */
  private async attachLater(
    checked: CheckedToken,
    response: HttpResponse,
    verdict: ReturnType<TokenVersions['check']>,
    fresh?: Promise<MintedToken | null>,
  ): Promise<void> {
    try {
      if ((await verdict) !== 'current' || this.tokens.isExpired(checked)) return;
      setToken(response, await (fresh ?? this.issuer.refresh(checked)));
    } catch {
      // Left without a token, as said above; the next request is checked like any other.
    }
  }
}

function setToken(response: HttpResponse, fresh: MintedToken | null): void {
  if (fresh === null) return;
  response.header('authorization', fresh.authorization);
  // A shared cache that kept this answer would hand the session to the next reader.
  response.header('cache-control', 'no-store');
}
