import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsInt,
  IsObject,
  IsString,
  Length,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { OptionalField } from '../../../http/optional-field.js';
import { PlainText } from '../../../http/plain-text.js';
import { ReasonOrDryRunDto } from '../../dto/dry-run.dto.js';
import { maxSessions, type SessionSelection } from '../admin-sessions-bulk.service.js';

/** Live sessions that match all of it. */
export class LiveSessionsFilterDto {
  @ApiPropertyOptional({ description: 'User id.' })
  @OptionalField()
  @PlainText(1, 64)
  user?: string;

  @ApiPropertyOptional({ description: 'Application id.' })
  @OptionalField()
  @PlainText(1, 64)
  application?: string;

  @ApiPropertyOptional()
  @OptionalField()
  @PlainText(1, 64)
  ip?: string;
}

/** `ids` or `filter`, not both. */
export class RevokeSessionsDto extends ReasonOrDryRunDto {
  @ApiPropertyOptional({ type: [String], minItems: 1, maxItems: maxSessions })
  @ValidateIf(({ ids, filter }: RevokeSessionsDto) => ids !== undefined || filter === undefined)
  @IsArray({ message: 'either ids, a list, or filter is required' })
  @ArrayMinSize(1)
  @ArrayMaxSize(maxSessions)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 64, { each: true })
  ids?: string[];

  @ApiPropertyOptional({ type: LiveSessionsFilterDto, description: 'At least one member.' })
  @OptionalField()
  @IsObject()
  @ValidateNested()
  @Type(() => LiveSessionsFilterDto)
  filter?: LiveSessionsFilterDto;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    description:
      '`sessions` of the dry run: 409 `conflict` when another number matches by now. Required with `filter`.',
  })
  @ValidateIf(
    ({ dryRun, filter, expected }: RevokeSessionsDto) =>
      expected !== undefined || (filter !== undefined && dryRun !== true),
  )
  @IsInt()
  @Min(0)
  expected?: number;
}

/** What of the body says which sessions. */
export function toSelection({ ids, filter }: RevokeSessionsDto): SessionSelection {
  if (ids !== undefined) return { ids };
  const { user, ...rest } = filter ?? {};
  return { by: { ...rest, ...(user !== undefined && { userId: user }) } };
}
