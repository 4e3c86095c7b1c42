import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Revocation } from '@portcullis/auth';
import { RevocationResponse } from '../../dto/revocation.response.js';
import type { BulkRow } from '../admin-users-bulk.service.js';

export class BulkRowResponse {
  @ApiProperty() readonly id!: string;
  @ApiProperty() readonly ok!: boolean;
  @ApiPropertyOptional({ description: 'The code of the error that it would be by itself.' })
  readonly code?: string;
}

export class BulkResponse {
  @ApiProperty({ type: [BulkRowResponse] }) readonly results: readonly BulkRow[];
  @ApiProperty({ type: RevocationResponse }) readonly revocation: RevocationResponse;

  constructor({ results, revocation }: { results: readonly BulkRow[]; revocation: Revocation }) {
    this.results = results;
    this.revocation = new RevocationResponse(revocation);
  }
}
