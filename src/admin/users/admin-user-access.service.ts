import { Inject, Injectable } from '@nestjs/common';
import { Clock, type Revocation } from '@portcullis/auth';
import type { User } from '../../users/user.js';
import { UsersService } from '../../users/users.service.js';
import { changedFields } from '../changed-fields.js';
import { OperatorLog } from '../operator-log.js';
import { nameOf, revokedByAdmin, type Operator } from '../operator.js';
import { UserChanges } from './user-changes.js';
import { endingSessions, reactivating, suspending } from './user-intents.js';

export interface RevokedUser {
  readonly user: User;
  readonly revocation: Revocation;
}

/** Who may sign in: suspends, reactivates, and ends every session of one user. */
@Injectable()
export class AdminUserAccessService {
  constructor(
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(UserChanges) private readonly changes: UserChanges,
    @Inject(OperatorLog) private readonly log: OperatorLog,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Suspending again is no fault: it revokes again and keeps the newer reason.
   * @throws ProblemException `not_found`, `last_admin`, `conflict` for oneself.
   */
  suspend(operator: Operator, id: string, reason: string): Promise<RevokedUser> {
    const action = { action: 'user.suspend', target: { type: 'user', id }, reason } as const;
    return this.log.record(operator, action, async () => {
      const suspension = { reason, by: nameOf(operator), at: new Date(this.clock.now()) };
      const changed = await this.changes.apply(operator, id, suspending(suspension), reason);
      return { ...changed, changes: changedFields(changed.before, changed.user, ['status']) };
    });
  }

  /**
   * The user may sign in again; earlier tokens stay dead. Nothing happens to one who is active: his
   * sessions must not end because somebody was too late to press a button.
   * @throws ProblemException `not_found`
   */
  async reactivate(operator: Operator, id: string, reason?: string): Promise<User> {
    const action = { action: 'user.reactivate', target: { type: 'user', id }, reason } as const;
    const { user } = await this.log.record(operator, action, async () => {
      const found = await this.users.get(id);
      if (found.status === 'active') return { user: found };
      const changed = await this.changes.apply(operator, id, reactivating, 'reactivated');
      // No sessions end by it, so it is none of the revocations that operators look at.
      const changes = changedFields(changed.before, changed.user, ['status']);
      return { user: changed.user, changes };
    });
    return user;
  }

  /** Every session ends; the user may sign in again. @throws ProblemException `not_found` */
  revoke(operator: Operator, id: string, reason?: string): Promise<RevokedUser> {
    const action = { action: 'user.revoke', target: { type: 'user', id }, reason } as const;
    return this.log.record(operator, action, () =>
      this.changes.apply(operator, id, endingSessions, reason ?? revokedByAdmin),
    );
  }
}
