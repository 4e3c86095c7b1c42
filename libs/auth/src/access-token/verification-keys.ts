import type { KeyObject } from 'node:crypto';

/** Where public keys come from: the server's own set, or the issuer's JWKS. */
export abstract class VerificationKeys {
  /**
   * The P-256 public key named `kid`, or null when there is none: never an empty or a default key
   * (CVE-2026-44351). A revoked key is still found, so that its tokens are told `token_revoked`.
   * @throws ProblemException `unavailable` when it cannot be known now.
   */
  abstract find(kid: string): KeyObject | null | Promise<KeyObject | null>;
}
