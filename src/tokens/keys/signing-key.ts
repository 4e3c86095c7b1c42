import type { JsonWebKey } from 'node:crypto';

/**
 * One ES256 key pair of the issuer. `next` is published before it signs, so that services that
 * remember the key set never meet a token whose key they have not seen; `retiring` signs no more but
 * is published until its last token has expired; `revoked` is refused wherever it turns up.
 */
export interface SigningKey {
  readonly kid: string;
  readonly state: SigningKeyState;
  /** EC P-256 public key, `kty`, `crv`, `x`, `y` only. */
  readonly publicJwk: JsonWebKey;
  /** PKCS #8 DER in base64; null once it has ceased to sign. */
  readonly privateKey: string | null;
  readonly createdAt: Date;
  /** When it began and ceased to sign. */
  readonly activatedAt: Date | null;
  readonly retiredAt: Date | null;
  /** When the last token it signed has expired and it leaves the published set. */
  readonly publishedUntil: Date | null;
  readonly revokedAt: Date | null;
}

export type SigningKeyState = 'next' | 'active' | 'retiring' | 'retired' | 'revoked';
