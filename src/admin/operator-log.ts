import { Inject, Injectable } from '@nestjs/common';
import { ProblemException, type ErrorCode, type Revocation } from '@portcullis/auth';
import type { AuditEntry, AuditTarget } from '../audit/audit-entry.js';
import { AuditService } from '../audit/audit.service.js';
import { StorageUnavailableError } from '../storage/storage.errors.js';
import type { Operator } from './operator.js';

export interface OperatorAction {
  /** `user.suspend`, `key.rotate` … */
  readonly action: string;
  readonly target?: AuditTarget | null;
  /** In the operator's own words. */
  readonly reason?: string | null | undefined;
}

/** What an action tells the log besides its result. */
export interface Outcome {
  readonly target?: AuditTarget;
  readonly changes?: AuditEntry['changes'];
  readonly revocation?: Revocation | null;
}

/** Every action of an operator leaves one entry: what it did, or why it was refused. */
@Injectable()
export class OperatorLog {
  constructor(@Inject(AuditService) private readonly audit: AuditService) {}

  /** Does `work` and writes down what came of it; a refusal or an outage is written down as well. */
  async record<T>(
    operator: Operator,
    { action, target = null, reason = null }: OperatorAction,
    work: () => Promise<T & Outcome>,
  ): Promise<T> {
    let outcome: T & Outcome;
    try {
      outcome = await work();
    } catch (error) {
      const failure = { result: 'failure', reason: codeOf(error) } as const;
      await this.audit.record({ ...operator, action, target, ...failure });
      throw error;
    }
    await this.audit.record({
      ...operator,
      action,
      target: outcome.target ?? target,
      reason,
      changes: outcome.changes ?? null,
      revocation: outcome.revocation ?? null,
    });
    return outcome;
  }
}

/** What programs read of a failure, whether it leaves over HTTP or in a row of a bulk answer. */
export function codeOf(error: unknown): ErrorCode {
  if (error instanceof ProblemException) return error.code;
  return error instanceof StorageUnavailableError ? 'unavailable' : 'internal_error';
}
