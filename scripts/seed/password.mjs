// @ts-check
import { randomBytes } from 'node:crypto';
import { PasswordHasher } from '../../dist/users/password-hasher.js';

/**
 * One for all: a hash for each would take an hour.
 *
 * @param {string | null} password null: one that nobody knows
 */
export function toPasswordHash(password) {
  return new PasswordHasher().hash(password ?? randomBytes(32).toString('base64'));
}
