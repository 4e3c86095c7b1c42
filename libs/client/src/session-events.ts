// What happens to a session, as the client tells it. No event holds a token.
import type { EndReason, Remaining, SessionInfo, SessionState } from './session.js';

export interface SessionEventMap {
  statechange: { readonly from: SessionState; readonly to: SessionState };
  signedin: { readonly session: SessionInfo; readonly origin: 'here' | 'other-tab' };
  /** A newer token is in hand, its ends are in `remaining()`; or the server has said who it is, in `session`. */
  token: { readonly origin: 'here' | 'other-tab' };
  /** Once per approach of an end. */
  warning: Remaining;
  extended: Remaining;
  /** Once per session and tab. */
  ended: SessionEnded;
  userchanged: { readonly from: string; readonly to: string; preventDefault(): void };
  problem: { readonly code: ProblemCode; readonly detail: string | undefined };
}

export interface SessionEnded {
  readonly reason: EndReason;
  readonly origin: 'here' | 'other-tab' | 'push' | 'server';
  /**
   * How long the application allows to do nothing (`idle`) or to be signed in (`absolute`), in
   * milliseconds; 0 for an end that is about neither.
   */
  readonly allowedMs: number;
  /** Time to save drafts: what follows the end waits for it, two seconds at most. */
  waitUntil(promise: Promise<unknown>): void;
}

export type ProblemCode =
  'header-not-exposed' | 'storage-blocked' | 'channel-missing' | 'push-lost';
