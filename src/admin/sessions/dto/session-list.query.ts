import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { PlainText } from '../../../http/plain-text.js';
import { PageQuery } from '../../dto/page.query.js';
import { QueryField } from '../../dto/query-field.js';
import type { SessionFilter } from '../admin-sessions.service.js';

const yesOrNo = ['true', 'false'] as const;

/** The sessions of one user. */
export class UserSessionsQuery extends PageQuery {
  @ApiPropertyOptional({
    enum: yesOrNo,
    default: 'false',
    description: 'Only those that can still make a request.',
  })
  @QueryField()
  @IsIn(yesOrNo)
  live?: (typeof yesOrNo)[number];
}

/** Filters add up; each is compared exactly. */
export class SessionListQuery extends UserSessionsQuery {
  @ApiPropertyOptional({ description: 'User id.' })
  @QueryField()
  @PlainText(1, 64)
  user?: string;

  @ApiPropertyOptional({ description: 'Application id.' })
  @QueryField()
  @PlainText(1, 64)
  application?: string;

  @ApiPropertyOptional()
  @QueryField()
  @PlainText(1, 64)
  ip?: string;
}

export function toSessionFilter(query: SessionListQuery): SessionFilter {
  const { live, user, ...rest } = query;
  return { ...rest, live: live === 'true', ...(user !== undefined && { userId: user }) };
}
