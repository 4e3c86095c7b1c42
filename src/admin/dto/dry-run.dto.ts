import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, ValidateIf } from 'class-validator';
import { OptionalField } from '../../http/optional-field.js';
import { PlainText } from '../../http/plain-text.js';
import { NotBlank, OptionalReason } from './reason.dto.js';

/** An action that can be asked what it would do. */
export abstract class DryRunDto {
  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    description: 'Only counts what it would end; nothing is done and nothing is written down.',
  })
  @OptionalField()
  @IsBoolean()
  dryRun?: boolean;
}

/** Whoever only asks need not say why. */
export class ReasonOrDryRunDto extends DryRunDto {
  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 500,
    description: 'Why: it lands in the audit log. Required unless `dryRun`.',
  })
  @ValidateIf(({ dryRun, reason }: ReasonOrDryRunDto) => dryRun !== true || reason !== undefined)
  @PlainText(1, 500)
  @NotBlank()
  reason?: string;
}

export class OptionalReasonOrDryRunDto extends DryRunDto {
  @OptionalReason()
  reason?: string;
}
