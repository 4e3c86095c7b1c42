import { describe, expect, it } from '@jest/globals';
import { preferredType } from './negotiation.js';

const json = 'application/json';

describe('the preferred media type', () => {
  it.each([
    [undefined, [], json],
    ['', [], json],
    ['*/*', ['text/csv'], json],
    ['application/json', [], json],
    ['APPLICATION/JSON', [], json],
    ['application/json; charset=utf-8;q=0.9', [], json],
    ['application/problem+json', [], json],
    ['application/problem+json, text/csv;q=0.1', ['text/csv'], json],
    ['text/csv', ['text/csv'], 'text/csv'],
    ['text/*', ['text/csv'], 'text/csv'],
    ['text/csv, application/json', ['text/csv'], 'text/csv'],
    ['text/csv;q=0.1, */*', ['text/csv'], json],
    ['application/json;q=0, */*', ['text/csv'], 'text/csv'],
    ['application/json;q=0, */*', [], json], // problem+json is JSON
    ['text/csv', [], null],
    ['*/*;q=0', ['text/csv'], null],
    ['rubbish', [], null],
  ])('for Accept: %s of %j is %s', (accept, others, expected) => {
    expect(preferredType(accept, others)).toBe(expected);
  });
});
