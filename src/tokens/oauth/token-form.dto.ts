import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { OptionalField } from '../../http/optional-field.js';

/** The form of RFC 7662 §2.1 and RFC 7009 §2.1. */
export class TokenFormDto {
  @ApiProperty()
  @IsString()
  @MinLength(1)
  @MaxLength(8192)
  token!: string;

  /** Taken and not needed: there is one kind of token. */
  @ApiPropertyOptional()
  @OptionalField()
  @IsString()
  @MaxLength(64)
  token_type_hint?: string;
}
