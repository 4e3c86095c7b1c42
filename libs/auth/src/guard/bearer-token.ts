import { AccessTokenError } from '../access-token/access-token.errors.js';
import type { HttpRequest } from '../http-message.js';
import { ProblemException } from '../problem/problem.exception.js';

/** What it takes of a request: Nest's on either adapter, or Node's own in a handshake. */
type WithHeaders = Pick<HttpRequest, 'headers' | 'rawHeaders' | 'raw'>;

const bearer = /^Bearer(?: +|$)/i;

/**
 * The bearer token of a request. Only the `Authorization` header counts: a token in a URL ends up in
 * logs and histories (RFC 9700 §4.3.2), so `access_token` parameters are not looked at.
 * @throws AccessTokenError `token_missing` without one, `token_invalid` when it is no single word.
 * @throws ProblemException `invalid_request` for two headers: Node keeps the first in silence, and a
 *   proxy in front may have checked the second.
 */
export function bearerTokenOf(request: WithHeaders): string {
  const header = request.headers.authorization;
  if (header === undefined) throw new AccessTokenError('token_missing');
  assertSingleHeader(request);
  // How nearly everybody spells it.
  if (header.startsWith('Bearer ') && header.length > 7 && header[7] !== ' ')
    return header.slice(7);
  const scheme = bearer.exec(header);
  const token = scheme ? header.slice(scheme[0].length) : '';
  if (token === '') throw new AccessTokenError('token_missing');
  // Nothing is trimmed here: what JavaScript takes for a space, HTTP does not.
  return token;
}

function assertSingleHeader(request: WithHeaders): void {
  const rawHeaders = request.rawHeaders ?? request.raw?.rawHeaders ?? [];
  let seen = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i];
    if (name?.length === 13 && name.toLowerCase() === 'authorization') seen++;
  }
  if (seen > 1) {
    throw new ProblemException(
      'invalid_request',
      'The request has more than one Authorization header.',
    );
  }
}
