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

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i;

const toInstant = (value: unknown): unknown =>
  typeof value === 'string' && rfc3339.test(value) ? new Date(value) : value;

/** A moment in RFC 3339, read into a Date. */
export const InstantQueryField = (): PropertyDecorator =>
  applyDecorators(
    OptionalField(),
    Transform(({ value }: { value: unknown }) => (value === '' ? undefined : toInstant(value))),
    IsDate({ message: '$property must be an RFC 3339 time such as 2026-01-31T12:00:00Z' }),
  );
