import { applyDecorators } from '@nestjs/common';
import { ArrayMaxSize, ArrayUnique, IsArray, Matches } from 'class-validator';

/** No comma and no blank in a role: `X-Auth-Roles` is a list of them in one header. */
const role = /^[a-z][a-z0-9_.:-]{0,63}$/;

export const RoleNames = (): PropertyDecorator =>
  applyDecorators(
    IsArray(),
    ArrayMaxSize(32),
    ArrayUnique(),
    Matches(role, {
      each: true,
      message:
        'each role must be lower-case letters, digits and _ . : - with a letter first, at most 64',
    }),
  );
