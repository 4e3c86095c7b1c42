import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { EmailAddress } from '../../../http/email-address.js';
import { OptionalField } from '../../../http/optional-field.js';
import { PlainText } from '../../../http/plain-text.js';
import { RoleNames } from './role-names.js';

export class CreateUserDto {
  @ApiProperty({ format: 'email', maxLength: 254 })
  @EmailAddress()
  email!: string;

  @ApiProperty({ description: '12 to 128 characters, any of them; none of the common passwords.' })
  @IsString()
  @MaxLength(1024, { message: 'password must have at most 128 characters' })
  password!: string;

  @ApiPropertyOptional({ maxLength: 100 })
  @OptionalField()
  @PlainText(0, 100)
  displayName?: string;

  @ApiPropertyOptional({ type: [String], maxItems: 32 })
  @OptionalField()
  @RoleNames()
  roles?: string[];
}
