import { dictionary } from '@zxcvbn-ts/language-common';
import { Inject, Injectable } from '@nestjs/common';
import { Environment } from '../config/environment.js';
import { passwordRefused } from './users.errors.js';

/** ASVS 6.1.2: words of this product and of its roles that make no password. */
const contextWords = ['portcullis', 'administrator', 'admin', 'password'];
/** Bounds what argon2 is given to chew on (long-password denial of service). */
const maxLength = 128;

const common = new Set(dictionary['passwords-common'].map((word) => word.toLowerCase()));

/** What may be a password. Any characters, no composition rules; compared as received (ASVS 6.2). */
@Injectable()
export class PasswordPolicy {
  constructor(@Inject(Environment) private readonly environment: Environment) {}

  /**
   * @param own what an attacker tries first: the address and the name of the account.
   * @throws ProblemException `validation_failed` on `field`, saying why.
   */
  check(field: string, password: string, own: readonly string[]): void {
    const length = [...password].length;
    const min = this.environment.passwordMinLength;
    if (length < min) throw passwordRefused(field, `must have at least ${String(min)} characters`);
    if (length > maxLength)
      throw passwordRefused(field, `must have at most ${String(maxLength)} characters`);
    const folded = password.toLowerCase();
    if (isCommon(folded)) throw passwordRefused(field, 'is one of the commonly used passwords');
    const words = own
      .flatMap((text) => [text, text.split('@')[0] ?? ''])
      .map((text) => text.toLowerCase());
    if (words.includes(folded) || isRepetition(folded, [...contextWords, ...words])) {
      throw passwordRefused(
        field,
        'must not be made of your address, your name or the name of this service',
      );
    }
  }
}

/** On the list as it is, or a listed word over and over, or with digits and signs around it. */
function isCommon(folded: string): boolean {
  if (common.has(folded)) return true;
  for (let size = 1; size <= folded.length / 2; size++) {
    if (folded.length % size !== 0) continue;
    const part = folded.slice(0, size);
    if (part.repeat(folded.length / size) === folded && (size < 4 || common.has(part))) return true;
  }
  return false;
}

/** Nothing but the given words, digits and signs. */
function isRepetition(folded: string, words: readonly string[]): boolean {
  const used = words.filter((word) => word.length >= 4 && folded.includes(word));
  if (used.length === 0) return false;
  let rest = folded;
  for (const word of used.sort((a, b) => b.length - a.length)) rest = rest.replaceAll(word, '');
  return !/\p{L}/u.test(rest);
}
