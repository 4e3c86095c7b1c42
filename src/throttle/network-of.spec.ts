import { describe, expect, it } from '@jest/globals';
import { networkOf } from './network-of.js';

describe('what counts as one place', () => {
  it.each([
    ['the same IPv4 address written as IPv6', '192.0.2.1', '::ffff:192.0.2.1'],
    ['two addresses of one /64', '2001:db8::1', '2001:db8:0:0:ffff::2'],
    ['an address with and without its zone', 'fe80::1%eth0', 'fe80::1'],
  ])('%s', (_name, one, other) => {
    expect(networkOf(one)).toBe(networkOf(other));
  });

  it.each([
    ['two IPv4 addresses', '192.0.2.1', '192.0.2.2'],
    ['two /64', '2001:db8::1', '2001:db8:0:1::1'],
    ['what is no address', 'unknown', '192.0.2.1'],
  ])('not %s', (_name, one, other) => {
    expect(networkOf(one)).not.toBe(networkOf(other));
  });
});
