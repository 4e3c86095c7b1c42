import { expect, it } from '@jest/globals';
import { milestone } from './speech.js';

/** What is said at each second of a countdown. */
function said(from: number, step = 1): string[] {
  const words: string[] = [];
  for (let before = from, now = from - step; now >= 0; before = now, now -= step) {
    const due = milestone(before, now);
    if (due) words.push(`${String(now)} ${due}`);
  }
  return words;
}

it('speaks at one minute, 40, 20, and once below', () => {
  expect(said(100)).toEqual(['60 time', '40 time', '20 time', '19 final']);
  expect(said(60)).toEqual(['40 time', '20 time', '19 final']);
});

it('speaks once per whole minute above', () => {
  expect(said(200)).toEqual(['180 time', '120 time', '60 time', '40 time', '20 time', '19 final']);
});

it('says one thing after a jump over several, and nothing when there is more time again', () => {
  expect(milestone(290, 35)).toBe('time');
  expect(milestone(100, 5)).toBe('final');
  expect(milestone(30, 90)).toBeNull();
  expect(milestone(30, 30)).toBeNull();
});

it('misses none when ticks are late', () => {
  expect(said(100, 7)).toEqual(['58 time', '37 time', '16 final']);
});
