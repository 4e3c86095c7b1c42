import { applyDecorators } from '@nestjs/common';
import { IsEmail, MaxLength } from 'class-validator';

/** An address that an account can have; `admin@localhost` is one, so no top-level domain is asked for. */
export const EmailAddress = (): PropertyDecorator =>
  applyDecorators(MaxLength(254), IsEmail({ require_tld: false, allow_utf8_local_part: true }));
