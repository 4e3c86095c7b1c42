import { Inject, Injectable } from '@nestjs/common';
import type { Revocation } from '@portcullis/auth';
import type { AuditEntry } from '../../audit/audit-entry.js';
import { AuditService } from '../../audit/audit.service.js';
import type { Page, PageRequest } from '../../storage/page.js';
import { WideSessionEnder } from '../../tokens/revocation/wide-session-ender.js';
import { OperatorLog } from '../operator-log.js';
import { endingBy, type Operator } from '../operator.js';

/** A revocation with who did it, to whom, and by what action. */
export interface RecordedRevocation {
  readonly revocation: Revocation;
  readonly entry: AuditEntry;
}

/** What was revoked, by anybody; and the widest revoke there is. */
@Injectable()
export class AdminRevocationsService {
  constructor(
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(WideSessionEnder) private readonly ender: WideSessionEnder,
    @Inject(OperatorLog) private readonly log: OperatorLog,
  ) {}

  /** Newest first. */
  async list(request: PageRequest): Promise<Page<RecordedRevocation>> {
    const page = await this.audit.list({ ...request, revocations: true });
    const rows = page.rows.flatMap((entry) =>
      entry.revocation === null ? [] : [{ revocation: entry.revocation, entry }],
    );
    return { ...page, rows };
  }

  /** Every session of everybody ends, the operator's too. */
  async revokeAll(operator: Operator, reason: string): Promise<Revocation> {
    const target = { type: 'everybody', id: 'everybody' } as const;
    const action = { action: 'issuer.revoke', target, reason };
    const { revocation } = await this.log.record(operator, action, async () => ({
      revocation: await this.ender.endEverybody(endingBy(operator, reason)),
    }));
    return revocation;
  }
}
