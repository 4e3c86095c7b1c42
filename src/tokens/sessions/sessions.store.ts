import type { CommitCondition } from '@portcullis/auth';
import type { Page, PageRequest } from '../../storage/page.js';
import type {
  OpeningVersions,
  Session,
  SessionEnd,
  SessionState,
  SessionVersion,
} from './session.js';

export type SessionSort = 'createdAt' | '-createdAt' | 'lastSeenAt' | '-lastSeenAt';

/** Whose; what is left out lets everything through. */
export interface SessionsBy {
  readonly userId?: string;
  readonly application?: string;
  readonly ip?: string;
}

export interface SessionQuery extends PageRequest, SessionsBy {
  readonly ids?: readonly string[];
  /** Only those that are in this state at this moment. Unset: in any. */
  readonly state?: {
    readonly is: SessionState;
    readonly at: Date;
    /** Of `live`: those are among them whose idle end passed less than so long before. */
    readonly lateMs?: number;
  };
  /** Default `-createdAt`. By `lastSeenAt` a session that is seen meanwhile moves past the cursor. */
  readonly sort?: SessionSort;
}

export interface LiveSessionsBy extends SessionsBy {
  /** Inclusive. */
  readonly seenFrom?: Date;
  /** Exclusive. */
  readonly seenBefore?: Date;
}

/** Which sessions a revoke has ended: all that it is about, of everybody if nothing is said. */
export interface EndedSessions {
  readonly userId?: string;
  readonly application?: string;
  /** The one that goes on. */
  readonly exceptId?: string;
  /** Only those that were opened with lower versions: who logs in meanwhile is not part of it. */
  readonly openedBelow?: Partial<OpeningVersions>;
}

/** What the sessions that are kept say of a user. */
export interface UserActivity {
  readonly liveSessions: number;
  readonly lastSeenAt: Date;
}

/** How often each node writes down who was seen. */
export const touchEveryMs = 60_000;

/**
 * By so much what is written behind may be late: a batch that failed once, and clocks that differ. Whose
 * idle end has passed since may be alive on another node.
 */
export const touchLateMs = 2 * touchEveryMs;

/** What a session's recent requests say of it, written behind in batches. */
export interface SessionTouch {
  readonly id: string;
  readonly lastSeenAt: Date;
  readonly idleExpiresAt: Date;
}

/**
 * Where sessions are kept. Rows go by themselves a while after the
 * absolute end (a TTL index in MongoDB; in SQLite each insert takes a few with it).
 */
export abstract class SessionsStore {
  abstract insert(session: Session): Promise<void>;
  abstract findById(id: string): Promise<Session | null>;
  /** The one session whose id begins so; null when there is none, or more than one. */
  abstract findByPrefix(prefix: string): Promise<Session | null>;
  /** Whose sessions came from this address; at most `limit` of them. */
  abstract usersFrom(ip: string, limit: number): Promise<readonly string[]>;
  /** From the primary, now. Null: no such session, which is refused like an ended one. */
  abstract readVersion(id: string): Promise<SessionVersion | null>;
  abstract list(query: SessionQuery): Promise<Page<Session>>;
  abstract countLive(at: Date, by?: LiveSessionsBy): Promise<number>;
  /** How many users have a live session. */
  abstract countLiveUsers(at: Date): Promise<number>;
  /** How many were live at each of these moments, the earliest first. */
  abstract countLiveThen(moments: readonly Date[]): Promise<readonly number[]>;
  /** Of those of these users who have any session that is kept. */
  abstract activityOf(
    userIds: readonly string[],
    at: Date,
  ): Promise<ReadonlyMap<string, UserActivity>>;
  /**
   * The commit of a session's revoke, from version 1 to 2: false when it was ended already, is not
   * there, or this came too late.
   */
  abstract end(id: string, condition: CommitCondition, end: SessionEnd): Promise<boolean>;
  /**
   * Ends every live session of these. Bookkeeping after a revoke that already refuses them by their
   * version: it makes the lists say so. Answers how many it ended.
   */
  abstract endAll(ended: EndedSessions, end: SessionEnd): Promise<number>;
  /** Times only grow: a late batch never moves one back. Unknown ids are passed over. */
  abstract touch(batch: readonly SessionTouch[]): Promise<void>;
}
