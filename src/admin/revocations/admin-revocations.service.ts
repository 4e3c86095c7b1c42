import { Inject, Injectable } from '@nestjs/common';
import type { Revocation } from '@portcullis/auth';
import { AuditService } from '../../audit/audit.service.js';
import type { Page, PageRequest } from '../../storage/page.js';
import { WideSessionEnder } from '../../tokens/revocation/wide-session-ender.js';
import { SessionsService } from '../../tokens/sessions/sessions.service.js';
import { OperatorLog } from '../operator-log.js';
import { endingBy, type Operator } from '../operator.js';
import { toRecorded, type RecordedRevocation } from './recorded-revocation.js';

/** What was revoked, by anybody; and the widest revoke there is. */
@Injectable()
export class AdminRevocationsService {
  constructor(
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(WideSessionEnder) private readonly ender: WideSessionEnder,
    @Inject(OperatorLog) private readonly log: OperatorLog,
  ) {}

  /** Newest first. */
  async list(request: PageRequest): Promise<Page<RecordedRevocation>> {
    const page = await this.audit.list({ ...request, revocations: true });
    return { ...page, rows: page.rows.flatMap(toRecorded) };
  }

  /** The sessions that would end. */
  countLive(): Promise<number> {
    return this.sessions.countLive();
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
