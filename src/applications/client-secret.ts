import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits: too many to guess, so a plain SHA-256 keeps them at rest (ASVS 6.5.2). */
export function newClientSecret(): string {
  return randomBytes(32).toString('base64url');
}

export function hashClientSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** In constant time; null (no such application) costs the same as a wrong secret. */
export function isClientSecret(secret: string, hash: string | null): boolean {
  const given = Buffer.from(hashClientSecret(secret));
  const known = Buffer.from(hash ?? hashClientSecret('')).subarray(0, given.length);
  return known.length === given.length && timingSafeEqual(given, known) && hash !== null;
}
