import { ApiPropertyOptional } from '@nestjs/swagger';
import { OptionalField } from '../../http/optional-field.js';
import { PlainText } from '../../http/plain-text.js';

export class UpdateProfileDto {
  @ApiPropertyOptional({ maxLength: 100 })
  @OptionalField()
  @PlainText(0, 100)
  displayName?: string;
}
