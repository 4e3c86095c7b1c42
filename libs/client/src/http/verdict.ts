// Whether a 401 is about our token. An application's own 401 ends nothing.
import type { EndReason } from '../session.js';
import { isAtAbsoluteEnd } from '../time/deadline.js';
import type { Claims } from '../token/claims.js';

/** `elsewhere`: refused by somebody who lost the code on the way (nginx). The server must be asked. */
export type Refusal =
  'token_expired' | 'token_revoked' | 'session_revoked' | 'token_invalid' | 'elsewhere';

const ours: readonly unknown[] = [
  'token_expired',
  'token_revoked',
  'session_revoked',
  'token_invalid',
];

/** @param challenge `WWW-Authenticate`; null also when the origin does not expose it. */
export function refusalOf(
  status: number,
  challenge: string | null,
  code: string | undefined,
): Refusal | null {
  if (status !== 401) return null;
  const isChallenged = challenge?.includes('invalid_token');
  if (challenge !== null && !isChallenged) return null;
  if (ours.includes(code)) return code as Refusal;
  return isChallenged ? 'elsewhere' : null;
}

export function reasonOf(refusal: Refusal, claims: Claims): EndReason {
  if (refusal === 'token_expired') return isAtAbsoluteEnd(claims) ? 'absolute' : 'idle';
  return refusal.endsWith('_revoked') ? 'revoked' : 'invalid';
}
