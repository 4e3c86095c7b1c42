import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { PlainText } from '../../../http/plain-text.js';
import type { UserStatus } from '../../../users/user.js';
import type { UserSort } from '../../../users/users.store.js';
import { PageQuery } from '../../dto/page.query.js';
import { QueryField } from '../../dto/query-field.js';

const statuses: readonly UserStatus[] = ['active', 'suspended'];

const sorts: readonly UserSort[] = [
  'createdAt',
  '-createdAt',
  'email',
  '-email',
  'displayName',
  '-displayName',
  'updatedAt',
  '-updatedAt',
];

/** Filters add up. */
export class UserListQuery extends PageQuery {
  @ApiPropertyOptional({
    maxLength: 200,
    description:
      'Words, each of which begins a word of the e-mail address or display name, in any order and case; or, whole, the id of a user or session, the `jti` of a token, or the IP address of a session (of at most 1,000 users).',
  })
  @QueryField()
  @PlainText(1, 200)
  search?: string;

  @ApiPropertyOptional({ enum: statuses })
  @QueryField()
  @IsIn(statuses)
  status?: UserStatus;

  @ApiPropertyOptional({ maxLength: 64 })
  @QueryField()
  @PlainText(1, 64)
  role?: string;

  @ApiPropertyOptional({
    enum: sorts,
    default: '-createdAt',
    description:
      'By `updatedAt` or `displayName`, a user who is changed meanwhile moves: left out, or once more.',
  })
  @QueryField()
  @IsIn(sorts)
  sort?: UserSort;
}
