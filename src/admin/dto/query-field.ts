import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsDate } from 'class-validator';
import { OptionalField } from '../../http/optional-field.js';

/** A query parameter that may be left out, or left empty as a form does with a field not filled in. */
export const QueryField = (): PropertyDecorator =>
  applyDecorators(
    OptionalField(),
    Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value)),
  );

const rfc3339 =
  /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):\d\d:\d\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;

function toInstant(value: unknown): unknown {
  const day = typeof value === 'string' ? rfc3339.exec(value)?.[1] : undefined;
  return day !== undefined && isDay(day) ? new Date(String(value).toUpperCase()) : value;
}

/** `Date` takes 31 February for 3 March. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** A moment in RFC 3339, read into a Date. */
export const InstantQueryField = (): PropertyDecorator =>
  applyDecorators(
    OptionalField(),
    Transform(({ value }: { value: unknown }) => (value === '' ? undefined : toInstant(value))),
    IsDate({ message: '$property must be an RFC 3339 time such as 2026-01-31T12:00:00Z' }),
  );
