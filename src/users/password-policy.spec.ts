import { describe, expect, it } from '@jest/globals';
import { dictionary } from '@zxcvbn-ts/language-common';
import { ProblemException } from '@portcullis/auth';
import { parseEnvironment } from '../config/parse-environment.js';
import { PasswordPolicy } from './password-policy.js';

const policy = new PasswordPolicy(parseEnvironment({}));
const own = ['mia.example@example.com', 'Mia Example'];

function refusal(password: string, checked = policy): string | null {
  try {
    checked.check('password', password, own);
    return null;
  } catch (error) {
    if (error instanceof ProblemException) return error.problem.errors?.[0]?.message ?? '';
    throw error;
  }
}

describe('what may be a password', () => {
  it.each([
    ['twelve characters', 'kx9#mqRt2!vp'],
    ['a sentence', 'a long enough passphrase'],
    ['other scripts', 'пароль очень длинный'],
    ['emoji, which count as one character each', '🦊🐢🦉🐙🦔🦭🐝🦀🐳🦎🐌🦋'],
    ['spaces at its ends, which are part of it', '  twelve chars '],
    ['a NUL', 'twelve\u0000characters'],
    ['128 characters', 'kx9#mqRt'.repeat(15) + 'abcdefgh'],
  ])('%s', (_name, password) => {
    expect(refusal(password)).toBeNull();
  });

  it.each([
    ['eleven characters', 'kx9#mqRt2!v', /at least 12 characters/],
    ['129 characters', 'kx9#mqRt2!v'.repeat(12).slice(0, 129), /at most 128 characters/],
    ['a common one', '123456789012', /commonly used/],
    ['a common one in capitals', 'PASSWORDPASSWORD', /commonly used/],
    ['one letter over and over', 'aaaaaaaaaaaaaaaa', /commonly used/],
    ['a common one three times', 'dragondragondragon', /commonly used/],
    ['the address', 'mia.example@example.com', /made of your address/],
    ['the name and digits', 'Mia Example 2026', /made of your address/],
    ['this product', 'Portcullis2026!', /made of your address/],
    ['roles', 'admin-admin-1234', /made of your address/],
  ])('not %s', (_name, password, message) => {
    expect(refusal(password)).toMatch(message);
  });

  it('none of the list, whatever the shortest length (ASVS 6.2.4)', () => {
    const lenient = new PasswordPolicy(parseEnvironment({ PASSWORD_MIN_LENGTH: '8' }));
    const candidates = dictionary['passwords-common'].filter((word) => word.length >= 8);
    expect(candidates.length).toBeGreaterThan(3000);
    expect(candidates.filter((word) => refusal(word, lenient) === null)).toEqual([]);
  });

  it('a refusal never repeats the password', () => {
    expect(refusal('PASSWORDPASSWORD')).not.toContain('PASSWORD');
  });
});
