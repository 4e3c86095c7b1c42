// What a search for users finds, and that it stays small whatever people are called.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { searchTermsOf, searchWordsOf } from './search-terms.js';

const finds = (search: string, email: string, name = ''): boolean => {
  const terms = searchTermsOf(email, name);
  const words = searchWordsOf(search);
  return words.length > 0 && words.every((word) => terms.some((term) => term.startsWith(word)));
};

describe('a search', () => {
  it.each([
    'ada',
    'ADA.LOVELACE1815@EXAMPLE.ORG',
    'lovelace',
    'lovelace1815@exam',
    '.lovelace',
    'example.org',
    'org',
    '1815',
    'king',
    'king ada',
    'augusta-',
    'noël',
  ])('for %s finds her', (search) => {
    expect(finds(search, 'ada.lovelace1815@example.org', 'Augusta-Ada King Noe\u0308l')).toBe(true);
  });

  it.each(['velace', 'xample', '815', 'ing', 'ada queen', 'ada king x', 'noel', '', ' \n'])(
    'for %j does not',
    (search) => {
      expect(finds(search, 'ada.lovelace1815@example.org', 'Augusta-Ada King Noe\u0308l')).toBe(
        false,
      );
    },
  );

  it('finds whoever is asked for by the whole address or name', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(text, text, (email, name) => {
        for (const whole of [email, name]) {
          const isBlank = searchWordsOf(whole).length === 0;
          // Beyond the limits only a part is compared.
          if (searchTermsOf(email, name).length < 48)
            expect(finds(whole, email, name)).toBe(!isBlank);
        }
      }),
    );
  });

  it('compares 64 characters of a word, of 8 words', () => {
    expect(finds('x'.repeat(64), `${'x'.repeat(90)}@example.org`)).toBe(true);
    expect(finds(`${'x'.repeat(64)}y`, `${'x'.repeat(90)}@example.org`)).toBe(true);
    expect(finds('x'.repeat(64), `${'x'.repeat(63)}@example.org`)).toBe(false);
    expect(searchWordsOf('a b c d e f g h i')).toHaveLength(8);
  });
});

it('keeps a bounded number of terms, and the name before the rest of the address', () => {
  const terms = searchTermsOf(`${'a.'.repeat(120)}@example.org`, 'Grace Hopper');
  expect(terms).toHaveLength(48);
  expect(terms.slice(1, 3)).toEqual(['grace', 'hopper']);
  expect(terms.every((term) => Array.from(term).length <= 64)).toBe(true);
});
