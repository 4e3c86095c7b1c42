import { expect, it } from '@jest/globals';
import { Reminder } from './reminder.js';

it('is due at once, after the first dismissal at one minute, and then no more', () => {
  const reminder = new Reminder();
  expect(reminder.away(300_000)).toBeLessThanOrEqual(0);
  reminder.dismiss(280_000);
  expect(reminder.away(280_000)).toBe(220_000);
  expect(reminder.away(60_000)).toBe(0);
  reminder.dismiss(60_000);
  // A time that a timer can wait for: one without end would fire at once, again and again.
  expect([0, 30_000].map((ms) => reminder.away(ms))).toEqual([1, 30_001]);
  reminder.reset();
  expect(reminder.away(300_000)).toBeLessThanOrEqual(0);
});
