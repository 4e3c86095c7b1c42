import type { CommitCondition } from '@portcullis/auth';
import type { Page, PageRequest } from '../../storage/page.js';
import type { Session, SessionEnd, SessionVersion } from './session.js';

export interface SessionQuery extends PageRequest {
  readonly userId?: string;
  readonly application?: string;
  readonly ip?: string;
  /** Only sessions that could still make a request at this moment. Unset: ended ones too. */
  readonly liveAt?: Date;
}

/** What a session's recent requests say of it, written behind in batches. */
export interface SessionTouch {
  readonly id: string;
  readonly lastSeenAt: Date;
  readonly idleExpiresAt: Date;
}

/**
 * Where sessions are kept, newest first in every list. Rows go by themselves a while after the
 * absolute end (a TTL index in MongoDB; in SQLite each insert takes a few with it).
 */
export abstract class SessionsStore {
  abstract insert(session: Session): Promise<void>;
  abstract findById(id: string): Promise<Session | null>;
  /** From the primary, now. Null: no such session, which is refused like an ended one. */
  abstract readVersion(id: string): Promise<SessionVersion | null>;
  abstract list(query: SessionQuery): Promise<Page<Session>>;
  abstract countLive(at: Date, by?: { userId?: string; application?: string }): Promise<number>;
  /**
   * The commit of a session's revoke, from version 1 to 2: false when it was ended already, is not
   * there, or this came too late.
   */
  abstract end(id: string, condition: CommitCondition, end: SessionEnd): Promise<boolean>;
  /**
   * Ends every live session of a user, of an application, or (with an empty filter) of everybody, but
   * not `exceptId`. Bookkeeping after a revoke that already refuses them by their version: it makes the
   * lists say so. Answers how many it ended.
   */
  abstract endAll(
    filter: { userId?: string; application?: string; exceptId?: string },
    end: SessionEnd,
  ): Promise<number>;
  /** Times only grow: a late batch never moves one back. Unknown ids are passed over. */
  abstract touch(batch: readonly SessionTouch[]): Promise<void>;
}
