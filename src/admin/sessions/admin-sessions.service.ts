import { Inject, Injectable } from '@nestjs/common';
import { Clock, type Revocation } from '@portcullis/auth';
import type { Page } from '../../storage/page.js';
import { SessionEnder } from '../../tokens/revocation/session-ender.js';
import { stateOf, type Session } from '../../tokens/sessions/session.js';
import { SessionsService } from '../../tokens/sessions/sessions.service.js';
import type { User } from '../../users/user.js';
import { UsersService } from '../../users/users.service.js';
import { OperatorLog } from '../operator-log.js';
import { endingBy, revokedByAdmin, type Operator } from '../operator.js';
import type { ListedSession, SessionFilter } from './session-filter.js';

/** Everybody's sessions: looked at, and ended one by one. */
@Injectable()
export class AdminSessionsService {
  constructor(
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(SessionEnder) private readonly ender: SessionEnder,
    @Inject(OperatorLog) private readonly log: OperatorLog,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async list({ state: is, ...query }: SessionFilter): Promise<Page<ListedSession>> {
    const now = new Date(this.clock.now());
    const state = is === undefined ? {} : { state: { is, at: now } };
    const page = await this.sessions.list({ ...query, ...state });
    const owners = await this.ownersOf(page.rows);
    const rows = page.rows.map((session) => ({
      session,
      user: owners.get(session.userId) ?? null,
      state: stateOf(session, now),
    }));
    return { ...page, rows };
  }

  /** @throws ProblemException `not_found` when there is no such user. */
  async listOfUser(
    userId: string,
    query: Omit<SessionFilter, 'userId'>,
  ): Promise<Page<ListedSession>> {
    await this.users.get(userId);
    return this.list({ ...query, userId });
  }

  /** @throws ProblemException `not_found` when it is not there or ended already. */
  async end(operator: Operator, id: string, reason?: string): Promise<Revocation> {
    const action = { action: 'session.end', target: { type: 'session', id }, reason } as const;
    const { revocation } = await this.log.record(operator, action, async () => ({
      revocation: await this.ender.endSession(id, endingBy(operator, reason ?? revokedByAdmin)),
    }));
    return revocation;
  }

  private async ownersOf(sessions: readonly Session[]): Promise<ReadonlyMap<string, User>> {
    const ids = [...new Set(sessions.map(({ userId }) => userId))];
    if (ids.length === 0) return new Map();
    const { rows } = await this.users.list({ ids, limit: ids.length });
    return new Map(rows.map((user) => [user.id, user]));
  }
}
