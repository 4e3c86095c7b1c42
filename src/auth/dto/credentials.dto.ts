import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length, Matches, MaxLength } from 'class-validator';
import { EmailAddress } from '../../http/email-address.js';
import { OptionalField } from '../../http/optional-field.js';
import { PlainText } from '../../http/plain-text.js';

export class RegisterDto {
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
}

export class LoginDto {
  @ApiProperty({ format: 'email' })
  @IsString()
  @Length(1, 254)
  email!: string;

  @ApiProperty()
  @IsString()
  @Length(1, 1024)
  password!: string;

  @ApiPropertyOptional({
    description: 'The application to log in to; the default one if left out.',
  })
  @OptionalField()
  @IsString()
  @Matches(/^[A-Za-z0-9_.-]{1,64}$/, { message: 'application must be an application id' })
  application?: string;
}

export class ChangePasswordDto {
  @ApiProperty()
  @IsString()
  @Length(1, 1024)
  currentPassword!: string;

  @ApiProperty()
  @IsString()
  @Length(1, 1024)
  newPassword!: string;
}
