// When a session ends by this machine's clock, whatever that clock says.
import type { EndReason, Remaining } from '../session.js';
import type { Claims } from '../token/claims.js';

/** `offset`: how far the local clock is ahead of the server's, in milliseconds, and never more. */
export interface Timed {
  readonly claims: Pick<Claims, 'iat' | 'exp' | 'auth_time' | 'session_exp'>;
  readonly offset: number;
  readonly warnBeforeMs: number;
}

/** After the end of a token that could not be extended, only the absolute end was ahead. */
export const isAtAbsoluteEnd = ({
  exp,
  session_exp,
}: Pick<Claims, 'exp' | 'session_exp'>): boolean => exp >= session_exp;

/** What the policy had allowed of the time that is up, as a token of the session says it. */
export function allowedMsOf(reason: EndReason, claims: Timed['claims']): number {
  const { iat, exp, auth_time, session_exp } = claims;
  if (reason === 'absolute') return (session_exp - auth_time) * 1000;
  // One that the absolute end cut short does not say how long nobody may be away.
  return reason === 'idle' && !isAtAbsoluteEnd(claims) ? (exp - iat) * 1000 : 0;
}

const msUntil = (seconds: number, { offset }: Timed, now: number): number =>
  Math.max(0, seconds * 1000 + offset - now);

export function remainingOf(timed: Timed, now: number): Remaining {
  return {
    idleMs: msUntil(timed.claims.exp, timed, now),
    absoluteMs: msUntil(timed.claims.session_exp, timed, now),
    extendable: !isAtAbsoluteEnd(timed.claims),
  };
}

/** WCAG 2.2.1: twenty seconds to answer. Whole seconds in tokens, and asking the server before, take up to two. */
const shortestWarningMs = 22_000;
/** Nothing can be pressed against the absolute end: work must be saved. */
const absoluteWarningMs = 300_000;

/** How long before the end the warning comes. */
export function warningLeadOf({ claims, warnBeforeMs }: Timed): number {
  const session = (claims.session_exp - claims.auth_time) * 1000;
  const lifetime = isAtAbsoluteEnd(claims) ? session : (claims.exp - claims.iat) * 1000;
  if (lifetime < 60_000) return lifetime / 2;
  const lead = Math.max(warnBeforeMs, shortestWarningMs);
  return isAtAbsoluteEnd(claims) ? Math.max(lead, Math.min(absoluteWarningMs, session / 2)) : lead;
}
