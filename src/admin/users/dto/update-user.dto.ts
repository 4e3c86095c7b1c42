import { ApiPropertyOptional } from '@nestjs/swagger';
import { OptionalField } from '../../../http/optional-field.js';
import { PlainText } from '../../../http/plain-text.js';
import { OptionalReason } from '../../dto/reason.dto.js';
import { RoleNames } from './role-names.js';

export class UpdateUserDto {
  @ApiPropertyOptional({ maxLength: 100 })
  @OptionalField()
  @PlainText(0, 100)
  displayName?: string;

  @ApiPropertyOptional({ type: [String], maxItems: 32, description: 'A change of them revokes.' })
  @OptionalField()
  @RoleNames()
  roles?: string[];

  @OptionalReason()
  reason?: string;
}
