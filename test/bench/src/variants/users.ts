/** Who asks: five hundred users, each with one session and one token, the same in every variant. */
import type { AccessTokenClaims } from '@portcullis/auth';
import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
} from 'node:crypto';

export const userCount = 500;
export const issuer = 'http://localhost:3000';
export const audience = 'orders-service';
/** Longer than any run: nothing expires while it is measured. */
export const lifetimeSeconds = 14_400;

export const userId = (index: number): string => `user${String(index).padStart(20, '0')}`;

/** Issued a minute ago: due for a refresh. */
export function claimsOf(index: number): AccessTokenClaims {
  const iat = Math.floor(Date.now() / 1000) - 60;
  return {
    iss: issuer,
    sub: userId(index),
    aud: [audience, issuer],
    client_id: 'orders-web',
    iat,
    exp: iat + lifetimeSeconds,
    auth_time: iat,
    session_exp: iat + 2 * lifetimeSeconds,
    sid: `session${String(index).padStart(17, '0')}`,
    jti: `token${String(index).padStart(19, '0')}`,
    ver: 1,
    client_ver: 1,
    issuer_ver: 1,
    roles: ['user'],
  };
}

const pair = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** Keys in the forms that people give them in. */
export const keys = {
  secret: 'a secret of forty characters, as one does',
  get secretObject() {
    return createSecretKey(Buffer.from(this.secret));
  },
  publicPem: pair.publicKey,
  publicKey: createPublicKey(pair.publicKey),
  privateKey: createPrivateKey(pair.privateKey),
  kid: 'key00000000000000000001',
};

export function everyUser<T>(make: (index: number) => T): T[] {
  return Array.from({ length: userCount }, (_, index) => make(index));
}

export const bearer = (token: string): { authorization: string } => ({
  authorization: `Bearer ${token}`,
});
