import { describe, expect, it } from '@jest/globals';
import { ProblemException } from '@portcullis/auth';
import { parseStrictJson } from './strict-json.js';

const codeOf = (text: string): string => {
  try {
    parseStrictJson(text);
  } catch (error) {
    if (error instanceof ProblemException) return `${error.code}: ${error.problem.detail}`;
    throw error;
  }
  return 'taken';
};
const nested = (levels: number): string =>
  `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;

describe('JSON', () => {
  it.each([
    '{}',
    ' {"a": [1, "two", null, {"b": true}]} \n',
    '{"a":{"x":1},"b":{"x":2}}', // the same name in two objects
    '{"a":"{\\"a\\":1,\\"a\\":2}"}', // JSON in a string is text
    '{"a":"\\ud83d\\ude00"}',
    '{"a":"\\u0000"}',
    nested(32),
  ])('takes %j', (text) => {
    expect(parseStrictJson(text)).toEqual(JSON.parse(text));
  });

  it.each([
    ['', 'not valid JSON'],
    ['{"a":1}{"a":1}', 'not valid JSON'],
    ["{'a':1}", 'not valid JSON'],
    ['{"a":NaN}', 'not valid JSON'],
    ['{"a":1,"a":1}', 'twice'],
    ['{"a":1,"\\u0061":1}', 'twice'],
    ['{"a":[{"b":1,"b":1}]}', 'twice'],
    ['{"__proto__":1}', 'not allowed'],
    ['{"a":[[{"constructor":1}]]}', 'not allowed'],
    ['{"a":"\\ud83d"}', 'not valid Unicode'],
    ['{"\\ude00":1}', 'not valid Unicode'],
    [nested(33), 'deeper'],
    ['[]', 'must be a JSON object'],
    ['1', 'must be a JSON object'],
  ])('refuses %j', (text, detail) => {
    expect(codeOf(text)).toContain(detail);
  });

  it('does not quote what it refuses', () => {
    expect(codeOf('{"password":"hunter2"')).not.toContain('hunter2');
  });
});
