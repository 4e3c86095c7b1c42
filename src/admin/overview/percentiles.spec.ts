import { expect, it } from '@jest/globals';
import { percentilesOf } from './percentiles.js';

it.each([
  [[], null],
  [[7], { p50: 7, p95: 7, max: 7 }],
  [[30, 10, 20], { p50: 20, p95: 30, max: 30 }],
  [[1, 2, 3, 4], { p50: 2, p95: 4, max: 4 }],
  [Array.from({ length: 100 }, (_, index) => 100 - index), { p50: 50, p95: 95, max: 100 }],
  // As text 9 is more than 100.
  [[100, 9], { p50: 9, p95: 100, max: 100 }],
])('of %j', (values, expected) => {
  expect(percentilesOf(values)).toEqual(expected);
});
