import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock } from '@portcullis/auth';
import { AuditService, type AuditEvent } from '../../audit/audit.service.js';
import { RevocationService } from '../../tokens/revocation/revocation.service.js';
import { SessionEnder } from '../../tokens/revocation/session-ender.js';
import { UsersService } from '../../users/users.service.js';
import type { BulkResult, BulkRow, LoggedBulk } from '../bulk-row.js';
import { changedFields } from '../changed-fields.js';
import { codeOf, OperatorLog } from '../operator-log.js';
import { endingBy, nameOf, type Operator } from '../operator.js';
import { UserChanges, type ChangedUser } from './user-changes.js';
import { endingSessions, reactivating, suspending, type UserIntent } from './user-intents.js';

export const bulkActions = ['suspend', 'reactivate', 'revoke'] as const;
export type BulkAction = (typeof bulkActions)[number];

export interface BulkRequest {
  /** Each once. */
  readonly ids: readonly string[];
  readonly action: BulkAction;
  readonly reason: string;
}

/** Of those that there was something to do for. */
type Outcomes = ReadonlyMap<string, PromiseSettledResult<ChangedUser> | undefined>;

/** One action on many users, under one revocation; each succeeds or is refused by itself. */
@Injectable()
export class AdminUsersBulkService {
  private readonly logger = new Logger('Admin');

  constructor(
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(UserChanges) private readonly changes: UserChanges,
    @Inject(RevocationService) private readonly revocations: RevocationService,
    @Inject(SessionEnder) private readonly ender: SessionEnder,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(OperatorLog) private readonly log: OperatorLog,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async run(operator: Operator, request: BulkRequest): Promise<BulkResult> {
    const action = { action: 'user.bulk', reason: request.reason };
    const { result } = await this.log.record(operator, action, () =>
      this.change(operator, request),
    );
    return result;
  }

  private async change(operator: Operator, request: BulkRequest): Promise<LoggedBulk> {
    const { ids, action, reason } = request;
    const idle = action === 'reactivate' ? await this.activeAmong(ids) : new Set<string>();
    const changing = ids.filter((id) => !idle.has(id));
    const intent = this.intentOf(operator, request);
    const { results, revocation } = await this.revocations.revokeAll(
      { scope: 'users', reason },
      changing.map((id) => this.changes.plan(operator, id, intent)),
      ({ user }, version) => this.ender.closeSessions(user.id, version, endingBy(operator, reason)),
    );
    const outcomes: Outcomes = new Map(changing.map((id, index) => [id, results[index]]));
    const changed = changing.filter((id) => outcomes.get(id)?.status === 'fulfilled');
    const isRevocation = action !== 'reactivate' && changed.length > 0;
    await this.recordEach(operator, request, outcomes);
    const rows = ids.map((id) => this.toRow(id, outcomes.get(id)));
    return { result: { results: rows, revocation }, revocation: isRevocation ? revocation : null };
  }

  private intentOf(operator: Operator, { action, reason }: BulkRequest): UserIntent {
    if (action === 'reactivate') return reactivating;
    if (action === 'revoke') return endingSessions;
    return suspending({ reason, by: nameOf(operator), at: new Date(this.clock.now()) });
  }

  /** Reactivating these changes nothing and must not end their sessions. */
  private async activeAmong(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const { rows } = await this.users.list({ ids, status: 'active', limit: ids.length });
    return new Set(rows.map(({ id }) => id));
  }

  private toRow(id: string, outcome: ReturnType<Outcomes['get']>): BulkRow {
    if (outcome?.status !== 'rejected') return { id, ok: true };
    const code = codeOf(outcome.reason);
    if (code === 'internal_error') this.logger.error(outcome.reason);
    return { id, ok: false, code };
  }

  /** Found by the user's id; the revocation is in the entry of the whole. */
  private async recordEach(
    operator: Operator,
    { ids, action, reason }: BulkRequest,
    outcomes: Outcomes,
  ): Promise<void> {
    const entries = ids.map((id): AuditEvent => {
      const entry = {
        ...operator,
        action: `user.${action}`,
        target: { type: 'user', id },
      } as const;
      const outcome = outcomes.get(id);
      if (outcome === undefined) return { ...entry, reason };
      if (outcome.status === 'rejected') {
        return { ...entry, result: 'failure', reason: codeOf(outcome.reason) };
      }
      const { before, user } = outcome.value;
      return { ...entry, reason, changes: changedFields(before, user, ['status']) };
    });
    await Promise.all(entries.map((entry) => this.audit.record(entry)));
  }
}
