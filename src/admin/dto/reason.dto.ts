import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { OptionalField } from '../../http/optional-field.js';
import { PlainText } from '../../http/plain-text.js';

/** Blanks would pass for a reason and say nothing in the audit log. */
export const NotBlank = (): PropertyDecorator =>
  Matches(/\S/, { message: '$property must not be blank' });

/** Why: it lands in the audit log, next to who. */
export class ReasonDto {
  @ApiProperty({ minLength: 1, maxLength: 500 })
  @PlainText(1, 500)
  @NotBlank()
  reason!: string;
}

export const OptionalReason = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ minLength: 1, maxLength: 500 }),
    OptionalField(),
    PlainText(1, 500),
    NotBlank(),
  );

export class OptionalReasonDto {
  @OptionalReason()
  reason?: string;
}

/** The document would ask for a body wherever one may be sent. */
export const MayHaveReason = (): MethodDecorator =>
  ApiBody({ type: OptionalReasonDto, required: false });
