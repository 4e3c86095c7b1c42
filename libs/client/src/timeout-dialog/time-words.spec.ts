import { describe, expect, it } from '@jest/globals';
import { timeInWords, validLanguage, wholeSeconds } from './time-words.js';

describe('a time in words', () => {
  it.each([
    ['en', 100_000, '1 minute, 40 seconds'],
    ['en', 60_000, '1 minute'],
    ['en', 1000, '1 second'],
    ['en', 43_200_000, '12 hours'],
    ['en', 3_661_000, '1 hour, 1 minute, 1 second'],
    ['de', 100_000, '1 Minute, 40 Sekunden'],
    ['cy', 100_000, '1 munud, 40 eiliad'],
    ['ar', 100_000, 'دقيقة و40 ثانية'],
    ['ar', 2000, 'ثانيتان'],
    ['ja', 100_000, '1 分 40 秒'],
  ])('in %s: %i ms', (language, ms, words) => {
    expect(timeInWords(ms, language)).toBe(words);
  });

  it('is English where nobody knows the language, whatever the machine speaks', () => {
    expect(timeInWords(2000, 'tlh')).toBe('2 seconds');
  });

  it('is never more than the truth', () => {
    expect(timeInWords(60_999, 'en')).toBe('1 minute');
    expect([wholeSeconds(1999), wholeSeconds(999), wholeSeconds(-1)]).toEqual([1, 0, 0]);
  });

  it('takes only languages there can be', () => {
    expect(['de-AT', 'en_US', ''].map(validLanguage)).toEqual(['de-AT', 'en', 'en']);
  });
});
