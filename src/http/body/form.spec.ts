import { describe, expect, it } from '@jest/globals';
import { parseForm } from './form.js';

describe('a form', () => {
  it.each([
    ['', {}],
    ['a=1&b=2', { a: '1', b: '2' }],
    ['a=1&&b=2&', { a: '1', b: '2' }],
    ['a=+%2B%20', { a: ' + ' }],
    ['a=b=c', { a: 'b=c' }],
    ['%61=%C3%A9', { a: 'é' }],
    ['a&b=', {}],
  ])('%j', (text, expected) => {
    expect(parseForm(text)).toEqual(expected);
  });

  it.each([
    'a=1&a=1',
    'a=1&%61=2',
    'a&a=1',
    'constructor=1',
    '%5F_proto__=1',
    'a=%',
    'a=%C3',
    '%zz=1',
  ])('refuses %j', (text) => {
    expect(() => parseForm(text)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });
});
