import { Inject, Injectable, Logger } from '@nestjs/common';
import { AuditService, type AuditEvent } from '../../audit/audit.service.js';
import { SessionEnder } from '../../tokens/revocation/session-ender.js';
import { SessionsService } from '../../tokens/sessions/sessions.service.js';
import type { SessionsBy } from '../../tokens/sessions/sessions.store.js';
import type { BulkResult, BulkRow, LoggedBulk } from '../bulk-row.js';
import { codeOf, OperatorLog } from '../operator-log.js';
import { endingBy, type Operator } from '../operator.js';
import { emptyFilter, otherCount, ownSession, tooManySessions } from './admin-sessions.errors.js';

/** As many as the revocation log tells of at once without anybody having to start over. */
export const maxSessions = 500;

/** Which: named one by one, or all that are live and match. */
export type SessionSelection = { readonly ids: readonly string[] } | { readonly by: SessionsBy };

export interface SelectedSessions {
  /** Live, without the operator's own. */
  readonly ids: readonly string[];
  readonly total: number;
  readonly includesCurrent: boolean;
}

export interface SessionsRevoke {
  readonly selection: SessionSelection;
  readonly reason: string;
  /** How many the operator was told of; null: it was not asked. */
  readonly expected: number | null;
}

/** Ends many sessions under one revocation; each succeeds or is refused by itself. */
@Injectable()
export class AdminSessionsBulkService {
  private readonly logger = new Logger('Admin');

  constructor(
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(SessionEnder) private readonly ender: SessionEnder,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(OperatorLog) private readonly log: OperatorLog,
  ) {}

  /** What would end; the operator's own session is left out. */
  async select(selection: SessionSelection, currentId: string): Promise<SelectedSessions> {
    if ('ids' in selection) {
      const { rows } = await this.sessions.listToEnd({ ...selection, limit: maxSessions });
      const live = new Set(rows.map(({ id }) => id));
      const ids = selection.ids.filter((id) => live.has(id) && id !== currentId);
      return { ids, total: ids.length, includesCurrent: live.has(currentId) };
    }
    const { by } = selection;
    if (Object.keys(by).length === 0) throw emptyFilter();
    const { rows, total } = await this.sessions.listToEnd({ ...by, limit: maxSessions + 1 });
    const current = await this.sessions.listToEnd({ ...by, ids: [currentId], limit: 1 });
    const ids = rows.map(({ id }) => id).filter((id) => id !== currentId);
    return { ids, total: total - current.total, includesCurrent: current.total > 0 };
  }

  /** @throws ProblemException `conflict` when others match than the operator was told of, or too many. */
  async revoke(
    operator: Operator,
    request: SessionsRevoke,
    currentId: string,
  ): Promise<BulkResult> {
    const action = { action: 'session.bulk', reason: request.reason };
    const { result } = await this.log.record(operator, action, () =>
      this.endSelected(operator, request, currentId),
    );
    return result;
  }

  private async endSelected(
    operator: Operator,
    { selection, reason, expected }: SessionsRevoke,
    currentId: string,
  ): Promise<LoggedBulk> {
    const selected = await this.select(selection, currentId);
    if (expected !== null && expected !== selected.total) throw otherCount(selected.total);
    if (selected.total > maxSessions) throw tooManySessions(maxSessions);
    const wanted = 'ids' in selection ? selection.ids : selected.ids;
    const ids = wanted.filter((id) => id !== currentId);
    const { results, revocation } = await this.ender.endSessions(ids, endingBy(operator, reason));
    const outcomes = new Map(ids.map((id, index) => [id, results[index]]));
    const rows = wanted.map((id): BulkRow => {
      const outcome = id === currentId ? refusedOwn : outcomes.get(id);
      if (outcome?.status === 'fulfilled') return { id, ok: true };
      const code = codeOf(outcome?.reason);
      if (code === 'internal_error') this.logger.error(outcome?.reason);
      return { id, ok: false, code };
    });
    await this.recordEach(operator, reason, rows);
    const isRevocation = rows.some(({ ok }) => ok);
    return { result: { results: rows, revocation }, revocation: isRevocation ? revocation : null };
  }

  /** Found by the session's id; the revocation is in the entry of the whole. */
  private async recordEach(
    operator: Operator,
    reason: string,
    rows: readonly BulkRow[],
  ): Promise<void> {
    const entries = rows.map(({ id, code }): AuditEvent => {
      const entry = {
        ...operator,
        action: 'session.end',
        target: { type: 'session', id },
      } as const;
      return code === undefined
        ? { ...entry, reason }
        : { ...entry, result: 'failure', reason: code };
    });
    await Promise.all(entries.map((entry) => this.audit.record(entry)));
  }
}

const refusedOwn: PromiseSettledResult<never> = { status: 'rejected', reason: ownSession() };
