import { expect, it } from '@jest/globals';
import { describeError } from './describe-error.js';

it('tells the stack of an error and of what caused it', () => {
  const cause = new RangeError('inner');
  const text = describeError(new Error('outer', { cause }));
  expect(text).toMatch(/^Error: outer\n +at [^]*\ncaused by RangeError: inner\n +at /);
});

it('leaves out what drivers hang on their errors', () => {
  const error = Object.assign(new Error('E11000'), { command: { password: 'hunter2' } });
  expect(describeError(error)).not.toContain('hunter2');
});

it('says no more than the type of what is no error', () => {
  expect(describeError('hunter2')).toBe('string');
  expect(describeError(undefined)).toBe('');
});

it('ends where causes go in a circle', () => {
  const error = new Error('round');
  error.cause = error;
  expect(describeError(error).match(/Error: round/g)).toHaveLength(5);
});
