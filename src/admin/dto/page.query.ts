import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import type { PageRequest } from '../../storage/page.js';
import { QueryField } from './query-field.js';

const defaultLimit = 50;

/** Digits only: `Number` alone would take `0x10`, `1e2` and a blank as well. */
function toLimit(value: unknown): unknown {
  if (value === '') return defaultLimit;
  return typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value;
}

/** Which page of a list. */
export class PageQuery implements PageRequest {
  @ApiPropertyOptional({ minimum: 1, maximum: 200, default: defaultLimit, type: 'integer' })
  @Transform(({ value }: { value: unknown }) => toLimit(value))
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = defaultLimit;

  @ApiPropertyOptional({ description: '`nextCursor` of the page before; opaque.' })
  @QueryField()
  @IsString()
  @MaxLength(1024)
  cursor?: string;
}

/** The filter alone: an export is all of it, whatever page was looked at. */
export function filterOf<Query extends PageRequest>({
  limit: _,
  cursor: __,
  ...filter
}: Query): Omit<Query, keyof PageRequest> {
  return filter;
}
