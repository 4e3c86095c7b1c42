/** What joined services send: JSON, because lists and numbers are no form. */
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { OptionalField } from '../../../http/optional-field.js';

const maxNumber = Number.MAX_SAFE_INTEGER;

export class PollDto {
  @ApiProperty({ description: 'Made anew at each start of the service: 16 random bytes or more.' })
  @IsString()
  @Matches(/^[A-Za-z0-9_-]{16,64}$/, { message: 'must be 16 to 64 characters of base64url' })
  node!: string;

  @ApiPropertyOptional({ description: 'The log of the last answer; left out before the first.' })
  @OptionalField()
  @IsString()
  @Length(1, 64)
  log?: string;

  @ApiProperty({ description: 'How often this node has polled: one more each time.' })
  @IsInt()
  @Min(0)
  @Max(maxNumber)
  polls!: number;

  @ApiProperty({ description: 'Every event up to here has been applied.' })
  @IsInt()
  @Min(0)
  @Max(maxNumber)
  acked!: number;

  @ApiProperty({ description: 'Events after this one are asked for.' })
  @IsInt()
  @Min(0)
  @Max(maxNumber)
  after!: number;

  @ApiPropertyOptional({
    description: 'The node trusts its memory no more and never polls again: nobody waits for it.',
  })
  @OptionalField()
  @IsBoolean()
  leaving?: boolean;
}

export class TokenVersionsDto {
  @ApiProperty({
    type: [String],
    description: '`u:<user>`, `s:<session>`, `c:<client>`, `k:<kid>`, `i`',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsString({ each: true })
  @Matches(/^(?:i|[uskc]:\S.{0,511})$/, { each: true, message: 'must be subjects, as u:<user id>' })
  subjects!: string[];
}
