/** One login of one user in one application: what ends when somebody logs out. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  /** `client_id` of the application it was opened for. */
  readonly application: string;
  readonly createdAt: Date;
  readonly openedWith: OpeningVersions;
  /** Absolute end, fixed at login. */
  readonly expiresAt: Date;
  /** End unless there is activity; written behind, once a minute, so that much early. */
  readonly idleExpiresAt: Date;
  readonly lastSeenAt: Date;
  readonly ip: string;
  readonly userAgent: string;
  /** Set once, when the session was revoked before its time. */
  readonly end: SessionEnd | null;
}

/**
 * What the first token named. Whatever has raised one of them since has ended the session, which no clock
 * can tell as well: it may have been opened in the same moment, or on a node whose clock differs.
 */
export interface OpeningVersions {
  readonly user: number;
  readonly application: number;
  /** Everybody's. */
  readonly issuer: number;
}

export interface SessionEnd {
  readonly at: Date;
  /** `logout`, `revoked_by_user`, `revoked_by_admin` … */
  readonly reason: string;
  /** Id of the user who did it, or `cli`. */
  readonly by: string;
}

/** A session's version is 1 while it lives and 2 once ended: it can only grow, like every version. */
export type SessionVersion = 1 | 2;

/** Whether it can still make a request; if not, whether its time was over or somebody ended it. */
export type SessionState = 'live' | 'expired' | 'ended';

export const sessionStates: readonly SessionState[] = ['live', 'expired', 'ended'];

export function stateOf({ end, expiresAt, idleExpiresAt }: Session, at: Date): SessionState {
  if (end !== null) return 'ended';
  return expiresAt <= at || idleExpiresAt <= at ? 'expired' : 'live';
}
