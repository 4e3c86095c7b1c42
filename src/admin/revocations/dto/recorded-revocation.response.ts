import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../../storage/page.js';
import { ActorResponse, TargetResponse } from '../../audit/dto/audit-entry.response.js';
import { RevocationResponse } from '../../dto/revocation.response.js';
import type { RecordedRevocation } from '../recorded-revocation.js';

export class RecordedRevocationResponse extends RevocationResponse {
  @ApiProperty({ description: 'What it was part of: `user.suspend`, `session.logout` …' })
  readonly action: string;
  @ApiProperty({ type: ActorResponse }) readonly actor: ActorResponse;
  @ApiProperty({ type: TargetResponse, nullable: true, description: 'Null: a bulk of users.' })
  readonly target: TargetResponse | null;

  constructor({ revocation, entry }: RecordedRevocation) {
    super(revocation);
    this.action = entry.action;
    this.actor = entry.actor;
    this.target = entry.target;
  }
}

export class RevocationListResponse {
  @ApiProperty({ type: [RecordedRevocationResponse] })
  readonly revocations: readonly RecordedRevocationResponse[];
  @ApiProperty() readonly total: number;
  @ApiProperty({ type: String, nullable: true }) readonly nextCursor: string | null;

  constructor({ rows, total, nextCursor }: Page<RecordedRevocation>) {
    this.revocations = rows.map((row) => new RecordedRevocationResponse(row));
    this.total = total;
    this.nextCursor = nextCursor;
  }
}
