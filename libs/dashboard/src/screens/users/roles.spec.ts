// Roles as people type them.
import { expect, it } from '@jest/globals';
import { toRoles } from './roles.js';

it.each([
  ['', []],
  ['admin', ['admin']],
  ['Admin, support,admin', ['admin', 'support']],
  [' a b ,, c ', ['a', 'b', 'c']],
])('“%s” is %j', (text, roles) => expect(toRoles(text)).toEqual(roles));
