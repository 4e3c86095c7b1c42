import { applyDecorators } from '@nestjs/common';
import { IsString, Length, Matches } from 'class-validator';

/** One line of human text: no control characters, which forge lines in logs, mails and CSV files. */
export const PlainText = (min: number, max: number): PropertyDecorator =>
  applyDecorators(
    IsString(),
    Length(min, max),
    Matches(/^\P{Cc}*$/u, { message: '$property must not contain control characters' }),
  );
