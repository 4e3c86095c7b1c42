/** Stand-ins for what a service gives the library. They fail on a question nobody prepared. */
import {
  AccessTokenIssuer,
  FreshestTokens,
  isDueForRefresh,
  toMinted,
  TokenVersions,
  UnavailableError,
  VerificationKeys,
  type AccessTokenClaims,
  type CheckedToken,
  type MintedToken,
  type TokenVerdict,
} from '@portcullis/auth';
import type { KeyObject } from 'node:crypto';
import { accessTokenTtl, type TokenWorkshop } from '../tokens.js';

export class FakeKeys extends VerificationKeys {
  readonly asked: string[] = [];
  isDown = false;

  constructor(private readonly keys: ReadonlyMap<string, KeyObject>) {
    super();
  }

  override find(kid: string): KeyObject | null {
    if (!/^[\w-]{1,64}$/.test(kid)) throw new Error('a key id of this shape is never looked up');
    this.asked.push(kid);
    if (this.isDown) throw new UnavailableError('The keys are away.');
    return this.keys.get(kid) ?? null;
  }
}

/** Versions of users, applications and everybody, and the sessions that were opened or ended. */
export class FakeVersions extends TokenVersions {
  readonly users = new Map([['user-1', 3]]);
  readonly applications = new Map([['shop', 2]]);
  readonly sessions = new Map<string, 'live' | 'ended'>([['session-1', 'live']]);
  issuerVersion = 1;
  isDown = false;
  /** Answers come later, as from another machine. */
  isSlow = false;
  checks = 0;

  override check({ claims }: CheckedToken): TokenVerdict | Promise<TokenVerdict> {
    this.checks++;
    if (!this.isSlow) return this.decide(claims);
    return new Promise((resolve) => setImmediate(resolve)).then(() => this.decide(claims));
  }

  revoke(user = 'user-1'): void {
    this.users.set(user, (this.users.get(user) ?? 0) + 1);
  }

  private decide(claims: AccessTokenClaims): TokenVerdict {
    const user = this.users.get(claims.sub);
    const application = this.applications.get(claims.client_id);
    const session = this.sessions.get(claims.sid);
    const isKnown = user !== undefined && application !== undefined && session !== undefined;
    // No record never means not revoked.
    if (this.isDown || !isKnown) throw new UnavailableError('The versions are not known.');
    if (session === 'ended') return 'session_revoked';
    const isCurrent =
      claims.ver === user &&
      claims.client_ver === application &&
      claims.issuer_ver === this.issuerVersion;
    return isCurrent ? 'current' : 'token_revoked';
  }
}

type Fresh = MintedToken | null | Promise<MintedToken | null>;

/** The plainest issuer that keeps the contract: signs when it is due, never past the session's end. */
export class FakeIssuer extends AccessTokenIssuer {
  readonly freshest = new FreshestTokens();
  readonly prepared = new Set<CheckedToken>();
  signed = 0;
  /** Takes the place of `refresh` when set. */
  answer: ((checked: CheckedToken) => Fresh) | null = null;

  constructor(
    private readonly workshop: TokenWorkshop,
    private readonly refreshAfter = 10,
  ) {
    super();
  }

  override prepare(checked: CheckedToken): void {
    this.prepared.add(checked);
  }

  override refresh(checked: CheckedToken): Fresh {
    if (!this.prepared.has(checked)) throw new Error('asked for a token that it was not told of');
    if (this.answer) return this.answer(checked);
    const newest = this.freshest.newest(checked);
    const now = this.workshop.clock.now();
    return isDueForRefresh(newest, now, this.refreshAfter) ? this.sign(checked.claims) : newest;
  }

  private sign(claims: AccessTokenClaims): MintedToken {
    const iat = this.workshop.nowSeconds;
    const exp = Math.min(iat + accessTokenTtl, claims.session_exp);
    const next = { ...claims, iat, exp, jti: `refreshed-${++this.signed}` };
    const minted = toMinted(this.workshop.token({ ...next }), next);
    this.freshest.remember(minted);
    return minted;
  }
}
