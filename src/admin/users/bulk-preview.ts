import { Inject, Injectable } from '@nestjs/common';
import type { ErrorCode } from '@portcullis/auth';
import { SessionsService } from '../../tokens/sessions/sessions.service.js';
import { adminRole, type User } from '../../users/user.js';
import { UsersService } from '../../users/users.service.js';
import type { BulkRow } from '../bulk-row.js';
import type { Operator } from '../operator.js';
import type { BulkRequest } from './admin-users-bulk.service.js';

/** What a bulk would come to, row by row, before anything is done. */
@Injectable()
export class BulkPreview {
  constructor(
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
  ) {}

  async run(
    operator: Operator,
    { ids, action }: Omit<BulkRequest, 'reason'>,
  ): Promise<{ results: readonly BulkRow[]; sessions: number }> {
    const { rows } = await this.users.list({ ids, limit: ids.length });
    const users = new Map(rows.map((user) => [user.id, user]));
    const refusalOfOneself = await this.codeForOneself();
    const codeOf = (id: string): ErrorCode | null => {
      if (!users.has(id)) return 'not_found';
      return action === 'suspend' && id === operator.actor.id ? refusalOfOneself : null;
    };
    const results = ids.map((id): BulkRow => {
      const code = codeOf(id);
      return code === null ? { id, ok: true } : { id, ok: false, code };
    });
    const ending = results.filter(({ id, ok }) => ok && endsSessions(action, users.get(id)));
    const activity = await this.sessions.activityOf(ending.map(({ id }) => id));
    const sessions = [...activity.values()].reduce((sum, one) => sum + one.liveSessions, 0);
    return { results, sessions };
  }

  /** Whoever is alone is told so. */
  private async codeForOneself(): Promise<ErrorCode> {
    const { total } = await this.users.list({ role: adminRole, status: 'active', limit: 1 });
    return total > 1 ? 'conflict' : 'last_admin';
  }
}

/** Reactivating leaves whoever is active signed in. */
const endsSessions = (action: BulkRequest['action'], user: User | undefined): boolean =>
  action !== 'reactivate' || user?.status === 'suspended';
