import { ApiProperty } from '@nestjs/swagger';
import type { AuditEntry } from '../../../audit/audit-entry.js';
import type { Page } from '../../../storage/page.js';
import { RevocationResponse } from '../../dto/revocation.response.js';

export class ActorResponse {
  @ApiProperty({ enum: ['user', 'application', 'cli', 'system', 'anonymous'] })
  readonly type!: string;
  @ApiProperty({ type: String, nullable: true }) readonly id!: string | null;
}

export class TargetResponse {
  @ApiProperty({ enum: ['user', 'session', 'application', 'key', 'everybody'] })
  readonly type!: string;
  @ApiProperty() readonly id!: string;
}

/** Who did what to whom, when, from where, and with what result. */
export class AuditEntryResponse {
  @ApiProperty() readonly id: string;
  @ApiProperty({ format: 'date-time' }) readonly at: string;
  @ApiProperty({ type: ActorResponse }) readonly actor: ActorResponse;
  @ApiProperty({ example: 'user.suspend' }) readonly action: string;
  @ApiProperty({ type: TargetResponse, nullable: true }) readonly target: TargetResponse | null;
  @ApiProperty({ enum: ['success', 'failure'] }) readonly result: string;
  @ApiProperty({ type: String, nullable: true, description: 'Of a failure its code.' })
  readonly reason: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly ip: string | null;
  @ApiProperty({ type: String, nullable: true }) readonly requestId: string | null;
  @ApiProperty({
    type: 'object',
    nullable: true,
    description: 'What changed, by field: `[before, after]`.',
    additionalProperties: { type: 'array', items: {}, minItems: 2, maxItems: 2 },
  })
  readonly changes: AuditEntry['changes'];
  @ApiProperty({ type: RevocationResponse, nullable: true })
  readonly revocation: RevocationResponse | null;

  constructor(entry: AuditEntry) {
    this.id = entry.id;
    this.at = entry.at.toISOString();
    this.actor = entry.actor;
    this.action = entry.action;
    this.target = entry.target;
    this.result = entry.result;
    this.reason = entry.reason;
    this.ip = entry.ip;
    this.requestId = entry.requestId;
    this.changes = entry.changes;
    this.revocation = entry.revocation && new RevocationResponse(entry.revocation);
  }
}

export class AuditListResponse {
  @ApiProperty({ type: [AuditEntryResponse] }) readonly entries: readonly AuditEntryResponse[];
  @ApiProperty({ description: 'Of the whole filter.' }) readonly total: number;
  @ApiProperty({ type: String, nullable: true }) readonly nextCursor: string | null;

  constructor({ rows, total, nextCursor }: Page<AuditEntry>) {
    this.entries = rows.map((entry) => new AuditEntryResponse(entry));
    this.total = total;
    this.nextCursor = nextCursor;
  }
}
