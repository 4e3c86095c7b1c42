import { ValidateIf } from 'class-validator';

/**
 * A field that may be left out, but not `null`: class-validator's `IsOptional` lets `null` through
 * unchecked, and what is typed `string | undefined` would then be null.
 */
export const OptionalField = (): PropertyDecorator =>
  ValidateIf((_object: unknown, value: unknown) => value !== undefined);
