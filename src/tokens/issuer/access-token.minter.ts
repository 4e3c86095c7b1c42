import { Inject, Injectable } from '@nestjs/common';
import {
  AccessTokenIssuer,
  Clock,
  FreshestTokens,
  isDueForRefresh,
  normalizeSignature,
  toMinted,
  type AccessTokenClaims,
  type CheckedToken,
  type MintedToken,
} from '@portcullis/auth';
import { sign } from 'node:crypto';
import { ApplicationPolicies } from '../../applications/application-policies.js';
import type { Application } from '../../applications/application.js';
import { Environment } from '../../config/environment.js';
import { Ids } from '../../storage/ids.js';
import type { User } from '../../users/user.js';
import { KeysService } from '../keys/keys.service.js';
import { SessionActivity } from '../sessions/session-activity.js';
import { toTokenId } from '../sessions/token-id.js';
import type { Session } from '../sessions/session.js';

/** Signs access tokens: the first of a session, and each that follows while it slides. */
@Injectable()
export class AccessTokenMinter extends AccessTokenIssuer {
  private readonly freshest = new FreshestTokens();

  constructor(
    @Inject(KeysService) private readonly keys: KeysService,
    @Inject(ApplicationPolicies) private readonly policies: ApplicationPolicies,
    @Inject(SessionActivity) private readonly activity: SessionActivity,
    @Inject(Environment) private readonly environment: Environment,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    super();
  }

  /** The first token of a session, with the versions of the records that authorised it. */
  open(session: Session, user: User, application: Application, issuerVersion: number): MintedToken {
    const { issuerUrl } = this.environment;
    const lifetime = this.lifetime(application.policy.accessTokenTtl, toSeconds(session.expiresAt));
    return this.sign({
      iss: issuerUrl,
      sub: user.id,
      aud: [...new Set([application.audience, issuerUrl])],
      client_id: application.id,
      ...lifetime,
      auth_time: toSeconds(session.createdAt),
      session_exp: toSeconds(session.expiresAt),
      sid: session.id,
      jti: this.newTokenId(session.id),
      ver: user.tokenVersion,
      client_ver: application.version,
      issuer_ver: issuerVersion,
      roles: user.roles,
    });
  }

  override refresh(checked: CheckedToken): MintedToken {
    const { newest, policy } = this.newest(checked);
    const isDue =
      this.keys.canSign && isDueForRefresh(newest, this.clock.now(), policy.refreshAfter);
    const token = isDue ? this.next(checked, policy.accessTokenTtl) : newest;
    this.activity.note(token.sid, token.exp);
    return token;
  }

  /** The newest token of the session that is known here, the checked one at least. */
  newest(checked: CheckedToken): { newest: MintedToken; policy: Application['policy'] } {
    const application = this.policies.find(checked.client_id);
    const policy = application?.policy ?? this.environment.defaultPolicy;
    return { newest: this.freshest.newest(checked), policy };
  }

  /** A new token whatever the age of the old one. */
  extend(checked: CheckedToken): MintedToken {
    const minted = this.next(checked, this.newest(checked).policy.accessTokenTtl);
    this.activity.note(minted.sid, minted.exp);
    return minted;
  }

  /** The session goes on after its own user's version was raised (a password change). */
  reauthorize(checked: CheckedToken, user: User): MintedToken {
    const anew = { ver: user.tokenVersion, roles: user.roles };
    const minted = this.next(checked, this.newest(checked).policy.accessTokenTtl, anew);
    this.activity.note(minted.sid, minted.exp);
    return minted;
  }

  /** Copies everything but the times, the id and what is given from the token that was checked. */
  private next(
    checked: MintedToken,
    accessTokenTtl: number,
    anew: Partial<AccessTokenClaims> = {},
  ): MintedToken {
    const { claims } = checked;
    const lifetime = this.lifetime(accessTokenTtl, claims.session_exp);
    if (lifetime.exp <= lifetime.iat) return checked;
    const jti = this.newTokenId(claims.sid);
    return this.sign({ ...claims, ...anew, ...lifetime, jti }, checked.token);
  }

  private newTokenId(sid: string): string {
    return toTokenId(sid, this.ids.next());
  }

  /** Never past the session's absolute end. */
  private lifetime(accessTokenTtl: number, sessionExp: number): { iat: number; exp: number } {
    const iat = Math.floor(this.clock.now() / 1000);
    return { iat, exp: Math.min(iat + accessTokenTtl, sessionExp) };
  }

  /** @param replaced the session's token until now */
  private sign(claims: AccessTokenClaims, replaced?: string): MintedToken {
    const { kid, privateKey } = this.keys.current;
    const header = encode({ alg: 'ES256', typ: 'at+jwt', kid });
    const input = `${header}.${encode(claims)}`;
    const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const;
    const signature = normalizeSignature(sign('sha256', Buffer.from(input), key));
    const token = `${input}.${signature.toString('base64url')}`;
    const minted = this.minted(toMinted(token, claims), kid, replaced);
    this.freshest.remember(minted);
    return minted;
  }
}

function toSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
