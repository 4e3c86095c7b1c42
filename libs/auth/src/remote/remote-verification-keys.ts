import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { UnavailableError } from '../access-token/access-token.errors.js';
import { VerificationKeys } from '../access-token/verification-keys.js';
import type { Clock } from '../clock.js';
import type { IssuerClient } from './issuer-client.js';

const maxAgeMs = 600_000;
/** At most one fetch in this time, whatever key ids callers make up (go-oidc #482). */
const cooldownMs = 30_000;
/** After an attempt that failed: an issuer that is down is not stormed by every request. */
const retryMs = 1000;

/**
 * The issuer's JWKS (RFC 7517), remembered. An unknown `kid` has it fetched again, at most once in the
 * cooldown, counted by attempt, also when the set is empty; known keys are kept when a fetch fails.
 */
export class RemoteVerificationKeys extends VerificationKeys {
  private keys: ReadonlyMap<string, KeyObject> | null = null;
  /** The last attempt: then nothing is known of a key that is not in the set. */
  private hasFailed = true;
  private fetchedAt = -Infinity;
  private attemptedAt = -Infinity;
  private fetching: Promise<void> | null = null;

  constructor(
    private readonly client: IssuerClient,
    private readonly clock: Clock,
  ) {
    super();
  }

  override find(kid: string): KeyObject | null | Promise<KeyObject | null> {
    const known = this.keys?.get(kid);
    const now = this.clock.now();
    if (known) {
      // The published set changes slowly: an old one is renewed beside the request, not before it.
      if (now - this.fetchedAt > maxAgeMs && now - this.attemptedAt > cooldownMs) {
        this.fetch().catch(() => undefined);
      }
      return known;
    }
    return this.findAfterFetch(kid, now);
  }

  private async findAfterFetch(kid: string, now: number): Promise<KeyObject | null> {
    const wait = this.hasFailed ? retryMs : cooldownMs;
    if (this.fetching !== null || now - this.attemptedAt > wait) await this.fetch();
    // It may be one of the issuer's; that it cannot be asked is no reason to call a token forged.
    if (this.hasFailed) throw new UnavailableError('The keys of the issuer are not known now.');
    return this.keys?.get(kid) ?? null;
  }

  private fetch(): Promise<void> {
    this.fetching ??= this.load().finally(() => {
      this.fetching = null;
    });
    return this.fetching;
  }

  private async load(): Promise<void> {
    this.attemptedAt = this.clock.now();
    this.hasFailed = true;
    const { keys } = await this.client.get('/.well-known/jwks.json');
    this.keys = new Map((Array.isArray(keys) ? keys : []).flatMap(readKey));
    this.hasFailed = false;
    this.fetchedAt = this.clock.now();
  }
}

/** Only P-256 signing keys; anything else in the set is not for us (RFC 7517 §5). */
function readKey(value: unknown): [string, KeyObject][] {
  const jwk = value as JsonWebKey & { kid?: unknown; use?: unknown; alg?: unknown };
  if (typeof value !== 'object' || value === null || typeof jwk.kid !== 'string') return [];
  if (jwk.kty !== 'EC' || jwk.crv !== 'P-256' || (jwk.use ?? 'sig') !== 'sig') return [];
  if ((jwk.alg ?? 'ES256') !== 'ES256') return [];
  try {
    const { kty, crv, x, y } = jwk;
    return [[jwk.kid, createPublicKey({ key: { kty, crv, x, y } as JsonWebKey, format: 'jwk' })]];
  } catch {
    return [];
  }
}
