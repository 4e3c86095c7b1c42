import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock, type Revocation } from '@portcullis/auth';
import { Ids } from '../storage/ids.js';
import type { Page } from '../storage/page.js';
import type { AuditActor, AuditEntry, AuditTarget } from './audit-entry.js';
import { AuditTail } from './audit-tail.service.js';
import { AuditStore, type AuditCount, type AuditQuery } from './audit.store.js';

export interface AuditEvent {
  readonly actor: AuditActor;
  readonly action: string;
  readonly target?: AuditTarget | null;
  readonly result?: 'success' | 'failure';
  readonly reason?: string | null;
  readonly origin?: RequestOrigin;
  readonly changes?: AuditEntry['changes'];
  readonly revocation?: Revocation | null;
}

/** Where a request came from, as far as it is known. */
export interface RequestOrigin {
  readonly ip: string | null;
  readonly requestId: string | null;
}

/** Who did what to whom. Append-only. */
@Injectable()
export class AuditService {
  private readonly logger = new Logger('Audit');

  constructor(
    @Inject(AuditStore) private readonly store: AuditStore,
    @Inject(AuditTail) private readonly tail: AuditTail,
    @Inject(Ids) private readonly ids: Ids,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Writes one entry. What it tells of has happened by then, so a failure to write it is no failure of
   * the action: the whole entry goes to the log instead, and the caller hears of success.
   */
  async record(event: AuditEvent): Promise<void> {
    const entry: AuditEntry = {
      id: this.ids.next(),
      at: new Date(this.clock.now()),
      actor: event.actor,
      action: event.action,
      target: event.target ?? null,
      result: event.result ?? 'success',
      reason: event.reason ?? null,
      ip: event.origin?.ip ?? null,
      requestId: event.origin?.requestId ?? null,
      changes: event.changes ?? null,
      revocation: event.revocation ?? null,
    };
    try {
      await this.store.append(entry);
      this.tail.look();
    } catch (error) {
      const why = error instanceof Error ? error.message : 'unknown';
      this.logger.error(`entry could not be stored (${why}): ${JSON.stringify(entry)}`);
    }
  }

  list(query: AuditQuery): Promise<Page<AuditEntry>> {
    return this.store.list(query);
  }

  count(query: AuditCount): Promise<readonly number[]> {
    return this.store.count(query);
  }
}
