import { Inject, Injectable } from '@nestjs/common';
import { Clock, type CommitCondition } from '@portcullis/auth';
import type { Application } from '../../applications/application.js';
import { Ids } from '../../storage/ids.js';
import type { Page } from '../../storage/page.js';
import type { User } from '../../users/user.js';
import { sessionPrefixOf } from './token-id.js';
import { SessionActivity } from './session-activity.js';
import type { Session, SessionEnd, SessionVersion } from './session.js';
import {
  SessionsStore,
  touchLateMs,
  type EndedSessions,
  type LiveSessionsBy,
  type SessionQuery,
  type UserActivity,
} from './sessions.store.js';

/** Where somebody logs in from; both are kept for the user and operators to recognise a session by. */
export interface ClientDescription {
  readonly ip: string;
  readonly userAgent: string;
}

/** Sessions: opened at login, listed, and marked as ended. What refuses an ended one is the guard. */
@Injectable()
export class SessionsService {
  constructor(
    @Inject(SessionsStore) private readonly store: SessionsStore,
    @Inject(SessionActivity) private readonly activity: SessionActivity,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** A new session, always with a new id: one is never taken over from a caller (session fixation). */
  async open(
    user: User,
    application: Application,
    issuerVersion: number,
    client: ClientDescription,
  ): Promise<Session> {
    // Whole seconds, as tokens have them, so that both say the same end.
    const now = Math.floor(this.clock.now() / 1000) * 1000;
    const { accessTokenTtl, sessionTtl } = application.policy;
    const session: Session = {
      id: this.ids.next(),
      userId: user.id,
      application: application.id,
      createdAt: new Date(now),
      openedWith: {
        user: user.tokenVersion,
        application: application.version,
        issuer: issuerVersion,
      },
      expiresAt: new Date(now + sessionTtl * 1000),
      idleExpiresAt: new Date(now + Math.min(accessTokenTtl, sessionTtl) * 1000),
      lastSeenAt: new Date(now),
      ip: client.ip,
      userAgent: client.userAgent.slice(0, 512),
      end: null,
    };
    await this.store.insert(session);
    return session;
  }

  find(id: string): Promise<Session | null> {
    return this.store.findById(id);
  }

  /** The session of a token, by its `jti`. */
  async findByToken(tokenId: string): Promise<Session | null> {
    const prefix = sessionPrefixOf(tokenId);
    return prefix === null ? null : this.store.findByPrefix(prefix);
  }

  /** Whose sessions came from this address; at most `limit` of them. */
  usersFrom(ip: string, limit: number): Promise<readonly string[]> {
    return this.store.usersFrom(ip, limit);
  }

  /** The latest activity is in the answer: what is pending is written first. */
  async list(query: SessionQuery): Promise<Page<Session>> {
    await this.activity.flush();
    return this.store.list(query);
  }

  /**
   * Those that are live, for whoever ends them: also those whose idle end has just passed, as another node
   * may know of activity that is not written yet. One that is ended too late harms nobody.
   */
  listToEnd(query: Omit<SessionQuery, 'state'>): Promise<Page<Session>> {
    const state = { is: 'live', at: new Date(this.clock.now()), lateMs: touchLateMs } as const;
    return this.list({ ...query, state });
  }

  /** As in lists, what is pending is written first. */
  async countLive(by: LiveSessionsBy = {}): Promise<number> {
    await this.activity.flush();
    return this.store.countLive(new Date(this.clock.now()), by);
  }

  async countLiveUsers(): Promise<number> {
    await this.activity.flush();
    return this.store.countLiveUsers(new Date(this.clock.now()));
  }

  /** How many were live at each of these moments, at the same distance from each other. */
  async countLiveThen(moments: readonly Date[]): Promise<readonly number[]> {
    await this.activity.flush();
    return this.store.countLiveThen(moments);
  }

  /** Of those of these users who have any session that is kept. */
  async activityOf(userIds: readonly string[]): Promise<ReadonlyMap<string, UserActivity>> {
    await this.activity.flush();
    return this.store.activityOf(userIds, new Date(this.clock.now()));
  }

  readVersion(id: string): Promise<SessionVersion | null> {
    return this.store.readVersion(id);
  }

  /** The commit of a session's revoke; called by the revocation service only. */
  end(id: string, condition: CommitCondition, reason: string, by: string): Promise<boolean> {
    return this.store.end(id, condition, this.endNow(reason, by));
  }

  /** Marks sessions as ended that a revoke already refuses by their version. */
  endAll(ended: EndedSessions, reason: string, by: string): Promise<number> {
    return this.store.endAll(ended, this.endNow(reason, by));
  }

  private endNow(reason: string, by: string): SessionEnd {
    return { at: new Date(this.clock.now()), reason, by };
  }
}
