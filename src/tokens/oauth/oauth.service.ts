import { Inject, Injectable } from '@nestjs/common';
import {
  AccessTokenError,
  TokenChecks,
  TokenVersions,
  VerifiedTokens,
  type CheckedToken,
} from '@portcullis/auth';
import type { Application } from '../../applications/application.js';
import { invalidClient } from '../../applications/applications.errors.js';
import { ApplicationsService } from '../../applications/applications.service.js';
import { AuditService, type AuditEvent } from '../../audit/audit.service.js';
import { LoginAttempts } from '../../throttle/login-attempts.js';
import { AccessTokenMinter } from '../issuer/access-token.minter.js';
import { SessionEnder } from '../revocation/session-ender.js';
import { basicCredentials } from './basic-credentials.js';

/** What applications and resource servers may ask about tokens (RFC 7662, RFC 7009, refresh). */
@Injectable()
export class OAuthService {
  constructor(
    @Inject(ApplicationsService) private readonly applications: ApplicationsService,
    @Inject(VerifiedTokens) private readonly tokens: VerifiedTokens,
    @Inject(TokenVersions) private readonly versions: TokenVersions,
    @Inject(TokenChecks) private readonly checks: TokenChecks,
    @Inject(AccessTokenMinter) private readonly minter: AccessTokenMinter,
    @Inject(SessionEnder) private readonly ender: SessionEnder,
    @Inject(LoginAttempts) private readonly attempts: LoginAttempts,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /** @throws ProblemException 401 with a Basic challenge: nobody scans tokens anonymously. */
  async authenticate(authorization: string | undefined, ip: string): Promise<Application> {
    const credentials = basicCredentials(authorization);
    if (!credentials) throw invalidClient();
    const { id, secret } = credentials;
    const application = await this.applications.authenticate(id, secret);
    if (application) return application;
    await this.attempts.clientFailed(id, ip);
    throw invalidClient();
  }

  /** The token if it is good now and meant for the caller; null for anything else, told apart by nothing. */
  async introspect(caller: Application, token: string): Promise<CheckedToken | null> {
    const checked = await this.tokens.check(token);
    if (typeof checked === 'string' || !mayUse(caller, checked)) return null;
    const verdict = await this.versions.check(checked);
    return verdict === 'current' && !this.tokens.isExpired(checked) ? checked : null;
  }

  /**
   * The session's freshest token for one that a resource server was shown.
   * @throws AccessTokenError why the token shown does not hold; a token for others is `token_invalid`.
   */
  async refresh(caller: Application, token: string): Promise<{ token: string; expiresIn: number }> {
    const checked = await this.tokens.check(token);
    if (typeof checked === 'string') throw new AccessTokenError(checked);
    if (!caller.resourceServer || !mayUse(caller, checked))
      throw new AccessTokenError('token_invalid');
    await this.checks.assertStillValid(checked);
    const { token: refreshed, claims } = this.minter.refresh(checked);
    return { token: refreshed, expiresIn: claims.exp - claims.iat };
  }

  /**
   * Ends the session that a token belongs to, for the application it was issued to. A token that is
   * unknown, expired, ended or another's is passed over in silence (RFC 7009 §2.2).
   */
  async revoke(
    isOwner: (checked: CheckedToken) => boolean,
    token: string,
    actor: AuditEvent['actor'],
    origin: AuditEvent['origin'],
  ): Promise<void> {
    const checked = await this.tokens.check(token);
    if (typeof checked === 'string' || !isOwner(checked)) return;
    if ((await this.versions.check(checked)) !== 'current') return;
    const { sid, sub } = checked.claims;
    const revocation = await this.ender.endIfLive(sid, { reason: 'token_revoked', by: sub });
    if (revocation === null) return;
    const target = { type: 'session', id: sid } as const;
    await this.audit.record({
      actor,
      action: 'session.end',
      target,
      reason: 'token_revoked',
      ...(origin && { origin }),
      revocation,
    });
  }
}

/** RFC 7662 §4: a caller learns of tokens that were issued to it or are meant for it, of no others. */
function mayUse(caller: Application, { claims }: CheckedToken): boolean {
  return (
    claims.client_id === caller.id ||
    (caller.resourceServer && claims.aud.includes(caller.audience))
  );
}
