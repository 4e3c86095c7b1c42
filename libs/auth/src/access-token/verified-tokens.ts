import { verify, type KeyObject } from 'node:crypto';
import type { Clock } from '../clock.js';
import { Generations } from '../generations.js';
import type { TokenRefusal } from './access-token.errors.js';
import { CheckedToken, toMinted, type MintedToken } from './checked-token.js';
import { isIssuedBy, parseClaims, type AccessTokenClaims } from './claims.js';
import { isOverAtSight, parseCompactJws, type CompactJws } from './compact-jws.js';
import { SharedValues } from './shared-values.js';
import type { VerificationKeys } from './verification-keys.js';

export interface VerifiedTokensOptions {
  readonly keys: VerificationKeys;
  readonly issuer: string;
  readonly audience: string;
  /** Tokens remembered; about 1.2 kB each. */
  readonly max: number;
  readonly clock: Clock;
}

/**
 * Thirty bits of a token's signature: a small number, for which nothing is allocated. Two that were verified
 * may have the same; then the later one takes the place, and the other is verified again.
 */
function keyOf(token: string): number {
  let key = 0;
  for (let i = token.length - 12; i < token.length; i++) {
    key = (Math.imul(key, 31) + token.charCodeAt(i)) | 0;
  }
  return key & 0x3fff_ffff;
}

/**
 * Verifies a token once per process and remembers that its spelling, signature and claims are right.
 * Sound because a token has exactly one accepted spelling, and is compared whole with what was verified.
 * What can change (`exp` against the clock, the versions, the session) is no part of what is remembered:
 * the guard asks it at every request (authup served expired tokens for an hour from such a cache).
 */
export class VerifiedTokens {
  private readonly verified: Generations<number, CheckedToken>;
  private readonly shared = new SharedValues();
  private readonly goodKeys = new WeakSet<KeyObject>();

  constructor(private readonly options: VerifiedTokensOptions) {
    this.verified = new Generations(options.max);
  }

  /**
   * The token if its signature holds and it has not expired, or why not; a promise only where the key
   * has to be fetched.
   * @throws ProblemException `unavailable` (or rejects with it) when the key cannot be known now.
   */
  check(token: string): CheckedToken | TokenRefusal | Promise<CheckedToken | TokenRefusal> {
    const known = this.verified.get(keyOf(token));
    if (known?.token !== token) return this.verify(token);
    return this.isExpired(known) ? 'token_expired' : known;
  }

  isExpired(checked: CheckedToken): boolean {
    return this.options.clock.now() >= checked.exp * 1000;
  }

  /**
   * A token that this process signed itself needs no verifying. What it takes the place of goes: whoever
   * goes on with the old one has it verified once more.
   */
  learn(minted: MintedToken, kid: string, replaced?: string): CheckedToken {
    if (replaced === undefined) return this.remember(minted, kid);
    const key = keyOf(replaced);
    const former = this.verified.get(key);
    this.verified.delete(key);
    return this.remember(minted, kid, former);
  }

  /** The cheap reasons to refuse come before the signature, which costs twenty times all of them. */
  private verify(
    token: string,
  ): CheckedToken | TokenRefusal | Promise<CheckedToken | TokenRefusal> {
    const { keys, issuer, audience, clock } = this.options;
    const now = clock.now();
    if (isOverAtSight(token, now)) return 'token_expired';
    const jws = parseCompactJws(token);
    const claims = jws && parseClaims(jws.payload);
    if (!claims) return 'token_invalid';
    if (claims.iss !== issuer || !claims.aud.includes(audience)) return 'token_invalid';
    if (!isIssuedBy(claims, now)) return 'token_invalid';
    if (now >= claims.exp * 1000) return 'token_expired';
    const key = keys.find(jws.kid);
    return key instanceof Promise
      ? key.then((found) => this.verifyWith(found, jws, claims))
      : this.verifyWith(key, jws, claims);
  }

  /** Here and now, on no pool of threads: to hand it over takes as long and lets others wait longer. */
  private verifyWith(
    key: KeyObject | null,
    { token, kid, signature }: CompactJws,
    claims: AccessTokenClaims,
  ): CheckedToken | TokenRefusal {
    if (key === null || !this.isForEs256(key)) return 'token_invalid';
    const signed = Buffer.from(token.slice(0, token.lastIndexOf('.')), 'latin1');
    // The algorithm is ours, never the token's (RFC 8725 §3.1).
    const isGood = verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature);
    if (!isGood) return 'token_invalid';
    const checked = this.remember(toMinted(token, claims), kid);
    // A key that had to be fetched took time.
    return this.isExpired(checked) ? 'token_expired' : checked;
  }

  /** Whoever hands out another kind of key by mistake must not decide by it how tokens are verified. */
  private isForEs256(key: KeyObject): boolean {
    if (this.goodKeys.has(key)) return true;
    if (key.type !== 'public' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
      return false;
    this.goodKeys.add(key);
    return true;
  }

  private remember(minted: MintedToken, kid: string, former?: CheckedToken): CheckedToken {
    const checked = new CheckedToken(minted, kid, this.shared, former);
    this.verified.set(keyOf(checked.token), checked);
    return checked;
  }
}
