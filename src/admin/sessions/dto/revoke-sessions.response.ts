import { ApiProperty } from '@nestjs/swagger';
import { DryRunResponse } from '../../dto/dry-run.response.js';
import { maxSessions, type SelectedSessions } from '../admin-sessions-bulk.service.js';

/** Which sessions would end. */
export class RevokeSessionsDryRunResponse extends DryRunResponse {
  @ApiProperty({ description: 'Whether the one that asks matches too: it is left alone.' })
  readonly includesCurrent: boolean;
  @ApiProperty({ type: 'integer', description: 'More than so many are refused.' })
  readonly limit = maxSessions;

  constructor({ total, includesCurrent }: SelectedSessions) {
    super(total);
    this.includesCurrent = includesCurrent;
  }
}
