import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { ProblemException, type FieldFault } from '@portcullis/auth';

const maxFaults = 50;
const maxFieldCharacters = 100;

/**
 * The one way that bodies, queries and path parameters are checked: unknown fields are refused (mass
 * assignment), nothing is converted but what a DTO converts itself, and every fault is named at once.
 */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: false,
    transform: true,
    transformOptions: { enableImplicitConversion: false },
    validationError: { target: false, value: false },
    exceptionFactory: (errors) =>
      new ProblemException('validation_failed', 'The request is not of the expected form.', {
        errors: toFaults(errors).slice(0, maxFaults),
      }),
  });
}

/** Faults by dotted path. Messages speak of the rule and never of the value, which may be a password. */
export function toFaults(errors: readonly ValidationError[], parent = ''): FieldFault[] {
  return errors.flatMap((error) => {
    // class-validator has none for an object without any rule.
    const property = (error.property as string | undefined) ?? '';
    const path = parent === '' ? property : `${parent}.${property}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
      field: path.slice(0, maxFieldCharacters),
      message:
        rule === 'whitelistValidation' ? 'is not a known field' : withoutName(message, property),
    }));
    return [...own, ...toFaults(error.children ?? [], path)];
  });
}

/** "email must be an email" under the field `email` says it twice. */
function withoutName(message: string, property: string): string {
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}
