import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { applyDecorators } from '@nestjs/common';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsInt,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import { OptionalField } from '../../../http/optional-field.js';
import { PlainText } from '../../../http/plain-text.js';
import { NotBlank, OptionalReason } from '../../dto/reason.dto.js';
import type { ApplicationPatch } from '../application-patch.js';
import type { NewApplicationValues } from '../admin-applications.service.js';

/** Ranges are those of a whole policy, which only the service has in hand. */
const Seconds = (options: ApiPropertyOptions): PropertyDecorator =>
  applyDecorators(ApiPropertyOptional({ type: 'integer', ...options }), OptionalField(), IsInt());

abstract class ApplicationSettingsDto {
  @ApiPropertyOptional({ description: '`aud` of its tokens. A change of it ends its sessions.' })
  @OptionalField()
  @Matches(/^[\x21-\x7e]{1,200}$/, {
    message: 'audience must be 1 to 200 visible ASCII characters',
  })
  audience?: string;

  @ApiPropertyOptional({ type: [String], maxItems: 50, example: ['https://app.example.org'] })
  @OptionalField()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(300, { each: true })
  allowedOrigins?: string[];

  @Seconds({ minimum: 10, maximum: 86_400, description: "A token's lifetime, the idle timeout." })
  accessTokenTtl?: number;

  @Seconds({
    minimum: 0,
    description: 'A token older than this is replaced. Below accessTokenTtl.',
  })
  refreshAfter?: number;

  @Seconds({
    maximum: 2_592_000,
    description: 'Absolute end after login. At least accessTokenTtl.',
  })
  sessionTtl?: number;

  @Seconds({ minimum: 0, description: 'When to warn before an end. Below accessTokenTtl.' })
  warnBefore?: number;

  @ApiPropertyOptional({ description: 'May introspect, refresh and follow revocations.' })
  @OptionalField()
  @IsBoolean()
  resourceServer?: boolean;

  @ApiPropertyOptional({ description: 'Disabling ends its sessions.' })
  @OptionalField()
  @IsBoolean()
  enabled?: boolean;
}

export class UpdateApplicationDto extends ApplicationSettingsDto implements ApplicationPatch {
  @ApiPropertyOptional({ minLength: 1, maxLength: 100 })
  @OptionalField()
  @PlainText(1, 100)
  @NotBlank()
  name?: string;

  @OptionalReason()
  reason?: string;
}

/** What is left out is as the default application has it; the audience is the id. */
export class CreateApplicationDto extends ApplicationSettingsDto implements NewApplicationValues {
  /** Dots alone would be taken out of every path that names it. */
  @ApiProperty({ pattern: '^[A-Za-z0-9_.-]{1,64}$' })
  @Matches(/^(?!\.+$)[A-Za-z0-9_.-]{1,64}$/, {
    message: 'id must be 1 to 64 letters, digits and _ . -',
  })
  id!: string;

  @ApiProperty({ minLength: 1, maxLength: 100 })
  @PlainText(1, 100)
  @NotBlank()
  name!: string;
}
