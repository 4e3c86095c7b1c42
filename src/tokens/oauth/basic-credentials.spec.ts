import { describe, expect, it } from '@jest/globals';
import { basicCredentials } from './basic-credentials.js';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

describe('an application in an Authorization header', () => {
  it.each([
    ['orders:secret', { id: 'orders', secret: 'secret' }],
    ['orders:a:b', { id: 'orders', secret: 'a:b' }],
    ['or%20ders:s%2Bs+x', { id: 'or ders', secret: 's+s x' }],
    ['orders:', { id: 'orders', secret: '' }],
  ])('%s is read by RFC 6749 §2.3.1', (text, expected) => {
    expect(basicCredentials(basic(text))).toEqual(expected);
  });

  it.each([
    ['nothing', undefined],
    ['another scheme', 'Bearer abc'],
    ['no base64', 'Basic %%%'],
    ['no colon', basic('orders')],
    ['no id', basic(':secret')],
    ['a broken percent-encoding', basic('orders:%zz')],
    ['far too much', basic(`orders:${'x'.repeat(2000)}`)],
  ])('%s is none', (_name, header) => {
    expect(basicCredentials(header)).toBeNull();
  });
});
