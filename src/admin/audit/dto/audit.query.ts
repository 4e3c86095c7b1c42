import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { PlainText } from '../../../http/plain-text.js';
import { PageQuery } from '../../dto/page.query.js';
import { InstantQueryField, QueryField } from '../../dto/query-field.js';

/** Filters add up; each is compared exactly. */
export class AuditListQuery extends PageQuery {
  @ApiPropertyOptional({ description: "The actor's id." })
  @QueryField()
  @PlainText(1, 64)
  actor?: string;

  @ApiPropertyOptional({ description: "The target's id." })
  @QueryField()
  @PlainText(1, 64)
  target?: string;

  @ApiPropertyOptional({ example: 'user.suspend' })
  @QueryField()
  @PlainText(1, 64)
  action?: string;

  @ApiPropertyOptional({ enum: ['success', 'failure'] })
  @QueryField()
  @IsIn(['success', 'failure'])
  result?: 'success' | 'failure';

  @ApiPropertyOptional()
  @QueryField()
  @PlainText(1, 64)
  ip?: string;

  @ApiPropertyOptional({ description: 'As in the log and in the header `x-request-id`.' })
  @QueryField()
  @PlainText(1, 200)
  requestId?: string;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Inclusive.' })
  @InstantQueryField()
  from?: Date;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Exclusive.' })
  @InstantQueryField()
  to?: Date;
}
