import { Inject, Injectable } from '@nestjs/common';
import type { CheckedToken, MintedToken } from '../access-token/checked-token.js';
import { VerifiedTokens } from '../access-token/verified-tokens.js';
import {
  isPassive,
  rememberSliding,
  slidingTokenOf,
  type HttpRequest,
  type HttpResponse,
} from '../http-message.js';
import { TokenVersions } from '../revocation/check/token-versions.js';
import { AccessTokenIssuer } from './access-token.issuer.js';

/**
 * On the way out only: a 2xx answer to a checked, non-passive request carries the session's freshest
 * token. State is checked once more after the handler: a session that was revoked while the handler ran
 * must not leave with a new token (Keycloak CVE-2026-1035).
 */
@Injectable()
export class Slide {
  constructor(
    @Inject(VerifiedTokens) private readonly tokens: VerifiedTokens,
    @Inject(TokenVersions) private readonly versions: TokenVersions,
    @Inject(AccessTokenIssuer) private readonly issuer: AccessTokenIssuer,
  ) {}

  /** Before the handler: an issuer elsewhere is asked beside it. */
  begin(request: HttpRequest, checked: CheckedToken): void {
    if (isPassive(request)) return;
    rememberSliding(request);
    this.issuer.prepare(checked);
  }

  /** Before the headers are written; a promise, which is never rejected, only where something is to be read. */
  attach(request: HttpRequest, response: HttpResponse): Promise<void> | undefined {
    const checked = slidingTokenOf(request);
    if (checked === undefined || !isSuccess(response)) return undefined;
    try {
      const verdict = this.versions.check(checked);
      if (verdict instanceof Promise) return this.attachLater(checked, response, verdict);
      if (verdict !== 'current' || this.tokens.isExpired(checked)) return undefined;
      const fresh = this.issuer.refresh(checked);
      if (fresh instanceof Promise) return this.attachLater(checked, response, verdict, fresh);
      setToken(response, fresh);
    } catch {
      // The handler's work is done: where state cannot be known now, its answer goes out without a token.
    }
    return undefined;
  }

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
      // As above; the next request is checked like any other.
    }
  }
}

const isSuccess = ({ statusCode }: HttpResponse): boolean => statusCode >= 200 && statusCode <= 299;

function setToken(response: HttpResponse, fresh: MintedToken | null): void {
  if (fresh === null) return;
  response.header('authorization', fresh.authorization);
  // A shared cache that kept this answer would hand the session to the next reader.
  response.header('cache-control', 'no-store');
}
