import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { PlainText } from '../../../http/plain-text.js';
import { PageQuery } from '../../dto/page.query.js';
import { QueryField } from '../../dto/query-field.js';
import { sessionStates, type SessionState } from '../../../tokens/sessions/session.js';
import type { SessionSort } from '../../../tokens/sessions/sessions.store.js';
import type { SessionFilter } from '../session-filter.js';

const yesOrNo = ['true', 'false'] as const;

const sorts: readonly SessionSort[] = ['-lastSeenAt', 'lastSeenAt', '-createdAt', 'createdAt'];

/** The sessions of one user. */
export class UserSessionsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: yesOrNo, default: 'false', description: 'Short for `state=live`.' })
  @QueryField()
  @IsIn(yesOrNo)
  live?: (typeof yesOrNo)[number];

  @ApiPropertyOptional({
    enum: sessionStates,
    description: 'Whether they can still make a request, ran out, or were ended by somebody.',
  })
  @QueryField()
  @IsIn(sessionStates)
  state?: SessionState;

  @ApiPropertyOptional({
    enum: sorts,
    default: '-lastSeenAt',
    description: 'By `lastSeenAt`, a session that is seen meanwhile moves to the first page.',
  })
  @QueryField()
  @IsIn(sorts)
  sort?: SessionSort;
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
  const { live, user, state, sort, ...rest } = query;
  const wanted = state ?? (live === 'true' ? 'live' : undefined);
  return {
    ...rest,
    sort: sort ?? '-lastSeenAt',
    ...(wanted !== undefined && { state: wanted }),
    ...(user !== undefined && { userId: user }),
  };
}
