// Times in words: what is rounded, and never up.
import { describe, expect, it } from '@jest/globals';
import { toDuration, toMilliseconds, toRelative } from './words.js';

const minute = 60_000;

describe('a moment', () => {
  it.each([
    [0, 'just now'],
    [-59_999, 'just now'],
    [4_000, 'just now'],
    [30_000, 'in less than a minute'],
    [-minute, '1 minute ago'],
    [-119_000, '1 minute ago'],
    [-90 * minute, '1 hour ago'],
    [2 * 60 * minute, 'in 2 hours'],
    [-47 * 60 * minute, 'yesterday'],
  ])('%d ms from now is %s', (offset, words) => {
    const now = Date.UTC(2026, 0, 31, 12);
    expect(toRelative(now + offset, now)).toBe(words);
  });
});

describe('a duration', () => {
  it.each([
    [0, '0 sec'],
    [-5, '0 sec'],
    [59.9, '59 sec'],
    [600, '10 min'],
    [28_800, '8 hr'],
    [90_061, '1 day 1 hr'],
  ])('of %d s is %s', (seconds, words) => expect(toDuration(seconds)).toBe(words));
});

it.each([
  [0.4, '0 ms'],
  [9.4, '9 ms'],
  [999, '999 ms'],
  [5_012, '5.0 s'],
])('%d ms are told as %s', (ms, words) => expect(toMilliseconds(ms)).toBe(words));
