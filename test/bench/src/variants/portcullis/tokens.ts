/** Tokens as the server spells them, and as somebody would who tries to get in. */
import { normalizeSignature, type AccessTokenClaims } from '@portcullis/auth';
import { randomBytes, sign } from 'node:crypto';
import { keys } from '../users.js';

const header = encode({ alg: 'ES256', typ: 'at+jwt', kid: keys.kid });

export function signClaims(claims: AccessTokenClaims): string {
  const input = `${header}.${encode(claims)}`;
  const key = { key: keys.privateKey, dsaEncoding: 'ieee-p1363' } as const;
  return `${input}.${normalizeSignature(sign('sha256', Buffer.from(input), key)).toString('base64url')}`;
}

/** Right in everything but the signature, which is 64 other bytes in the accepted spelling. */
export function forge(token: string): string {
  const signature = normalizeSignature(randomBytes(64));
  return `${token.slice(0, token.lastIndexOf('.'))}.${signature.toString('base64url')}`;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
