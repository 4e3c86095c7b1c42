import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { SigningKey } from './signing-key.js';

/** The pure moves of a key set: each takes a set and answers the next one. */

/** Keys of the past that are kept for the record; older ones are forgotten. */
const maxPast = 100;

/** A new P-256 pair in state `next`. Its `kid` names no date, no host and no order. */
export function newSigningKey(kid: string, now: Date): SigningKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { kty, crv, x, y } = createPublicKey(privateKey).export({ format: 'jwk' });
  return {
    kid,
    state: 'next',
    publicJwk: { kty, crv, x, y } as SigningKey['publicJwk'],
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    createdAt: now,
    activatedAt: null,
    retiredAt: null,
    publishedUntil: null,
    revokedAt: null,
  };
}

/** The key that signs, of a set that has one. */
export function activeKey(keys: readonly SigningKey[]): SigningKey | undefined {
  return keys.find((key) => key.state === 'active');
}

/** A set that can sign now and has the next key published: at first start, and after any loss. */
export function complete(
  keys: readonly SigningKey[],
  newKid: () => string,
  now: Date,
): readonly SigningKey[] {
  let set = [...keys];
  if (!activeKey(set)) {
    const next = set.find((key) => key.state === 'next') ?? newSigningKey(newKid(), now);
    set = [...set.filter((key) => key !== next), { ...next, state: 'active', activatedAt: now }];
  }
  if (!set.some((key) => key.state === 'next')) set.push(newSigningKey(newKid(), now));
  return set;
}

/**
 * The next key signs from now on; the one before stays published until `publishedUntil`, when its last
 * token has expired, and loses its private part at once.
 */
export function rotate(
  keys: readonly SigningKey[],
  newKid: () => string,
  now: Date,
  publishedUntil: Date,
): readonly SigningKey[] {
  const retired = keys.map((key): SigningKey =>
    key.state === 'active'
      ? { ...key, state: 'retiring', privateKey: null, retiredAt: now, publishedUntil }
      : key,
  );
  return complete(retired, newKid, now);
}

/** A key that leaked: its tokens are refused from now on, and the next key takes its place if it signed. */
export function revokeKey(
  keys: readonly SigningKey[],
  kid: string,
  newKid: () => string,
  now: Date,
): readonly SigningKey[] {
  const revoked = keys.map((key): SigningKey =>
    key.kid === kid
      ? { ...key, state: 'revoked', privateKey: null, publishedUntil: null, revokedAt: now }
      : key,
  );
  return complete(revoked, newKid, now);
}

/** Keys whose last token has expired leave the published set; the oldest of the past are forgotten. */
export function expire(keys: readonly SigningKey[], now: Date): readonly SigningKey[] {
  const current = keys.map((key): SigningKey =>
    key.state === 'retiring' && key.publishedUntil !== null && key.publishedUntil <= now
      ? { ...key, state: 'retired', publishedUntil: null }
      : key,
  );
  const past = current.filter((key) => key.state === 'retired' || key.state === 'revoked');
  const forgotten = new Set(past.slice(0, Math.max(0, past.length - maxPast)));
  return current.filter((key) => !forgotten.has(key));
}
