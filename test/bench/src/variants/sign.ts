/** Tokens as the peers’ own libraries make them, with the claims of ours. */
import jsonwebtoken from 'jsonwebtoken';
import { bearer, claimsOf, everyUser, keys } from './users.js';

export type Algorithm = 'HS256' | 'ES256';

export function signFor(index: number, algorithm: Algorithm): string {
  const key = algorithm === 'HS256' ? keys.secretObject : keys.privateKey;
  return jsonwebtoken.sign({ ...claimsOf(index) }, key, { algorithm, keyid: keys.kid });
}

export const headersFor = (algorithm: Algorithm): { authorization: string }[] =>
  everyUser((index) => bearer(signFor(index, algorithm)));
