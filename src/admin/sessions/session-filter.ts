import type { Session, SessionState } from '../../tokens/sessions/session.js';
import type { SessionQuery } from '../../tokens/sessions/sessions.store.js';
import type { User } from '../../users/user.js';

/** A session as operators see one: whose it is, and whether it can still make a request. */
export interface ListedSession {
  readonly session: Session;
  /** Null when the user was deleted. */
  readonly user: User | null;
  readonly state: SessionState;
}

export interface SessionFilter extends Omit<SessionQuery, 'state'> {
  /** As it is now; unset: ended and expired ones are listed too. */
  readonly state?: SessionState;
}
