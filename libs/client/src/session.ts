// A session as an application sees it: whose, in which state, for how long.

/** `unknown`: by this clock the time is up, and the server could not be asked. */
export type SessionState =
  'starting' | 'signed-out' | 'active' | 'warning' | 'extending' | 'unknown';

/** `suspended`: no token is told so; it is for a page that shows why a sign-in was refused. */
export type EndReason = 'signed-out' | 'idle' | 'absolute' | 'revoked' | 'suspended' | 'invalid';

/**
 * `user`: somebody is there, the session slides. `passive`: a poll, it does not. `auto` (the
 * default): passive when no input came for `activeWindowMs`.
 */
export type Activity = 'auto' | 'user' | 'passive';

/** A copy, without the token. */
export interface SessionInfo {
  readonly id: string;
  readonly application: string;
  readonly user: Readonly<PortcullisUser>;
  readonly roles: readonly string[];
}

export interface PortcullisUser {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  readonly status: string;
  readonly roles: readonly string[];
}

/** Never more than the truth. `extendable` is false once only the absolute end is ahead. */
export interface Remaining {
  readonly idleMs: number;
  readonly absoluteMs: number;
  readonly extendable: boolean;
}
