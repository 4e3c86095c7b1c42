import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { problems, type Revocation } from '@portcullis/auth';
import type { BulkRow } from '../bulk-row.js';
import { DryRunResponse } from './dry-run.response.js';
import { RevocationResponse } from './revocation.response.js';

export class BulkRowResponse {
  @ApiProperty() readonly id!: string;
  @ApiProperty() readonly ok!: boolean;
  @ApiPropertyOptional({
    enum: Object.keys(problems),
    description: 'The code of the error that it would be by itself.',
  })
  readonly code?: string;
}

/** Each row for itself, in the order in which they were named. */
export class BulkResponse {
  @ApiProperty({ type: [BulkRowResponse] }) readonly results: readonly BulkRow[];
  @ApiProperty({ type: RevocationResponse }) readonly revocation: RevocationResponse;

  constructor({ results, revocation }: { results: readonly BulkRow[]; revocation: Revocation }) {
    this.results = results;
    this.revocation = new RevocationResponse(revocation);
  }
}

/** What each row would come to, and how many sessions would end. */
export class BulkDryRunResponse extends DryRunResponse {
  @ApiProperty({ type: [BulkRowResponse] }) readonly results: readonly BulkRow[];

  constructor({ results, sessions }: { results: readonly BulkRow[]; sessions: number }) {
    super(sessions);
    this.results = results;
  }
}
