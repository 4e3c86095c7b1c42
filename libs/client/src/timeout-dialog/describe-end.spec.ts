import { describe, expect, it } from '@jest/globals';
import { describeEnd, returnPath } from './describe-end.js';

describe('T-32 why it ended', () => {
  it.each([
    ['idle', 'You were signed out because you did not use the page for 10 minutes.'],
    ['absolute', 'You have been signed in for 12 hours. Please sign in again.'],
    ['revoked', 'You were signed out from another place or by an administrator.'],
    ['suspended', 'This account cannot be used at the moment.'],
    ['signed-out', 'You have signed out.'],
    ['invalid', 'Please sign in again.'],
  ] as const)('%s', (reason, text) => {
    expect(describeEnd(reason, { idleMs: 600_000, absoluteMs: 43_200_000 })).toBe(text);
  });

  it('is said without lengths that are not known, and in the words given', () => {
    expect(describeEnd('idle')).toBe(
      'You were signed out because you did not use the page for a while.',
    );
    const labels = { ended: (reason: string, time: string): string => `${reason}: ${time}` };
    expect(describeEnd('idle', { idleMs: 120_000, language: 'de', labels })).toBe(
      'idle: 2 Minuten',
    );
  });

  it.each(['', 'en_US'])('is said also where the page’s language is none: %j', (language) => {
    expect(describeEnd('idle', { idleMs: 600_000, language })).toContain('10 minutes');
  });
});

describe('T-18 where to go back to', () => {
  const origin = 'https://orders.example';

  it.each([
    ['/orders/7?tab=2#lines', '/orders/7?tab=2#lines'],
    ['/', '/'],
    ['//evil.example/x', '/'],
    ['/\\evil.example', '/'],
    // A path of this origin, and no longer one when it is read again.
    ['/.//evil.example', '/'],
    ['/orders/..//evil.example', '/'],
    ['/%2e/\\evil.example', '/'],
    // No address at all.
    ['//', '/'],
    ['//:x', '/'],
    ['https://evil.example/', '/'],
    ['javascript:alert(1)', '/'],
    ['orders', '/'],
    ['', '/'],
    [null, '/'],
  ])('%s is %s', (wanted, path) => {
    expect(returnPath(wanted, origin)).toBe(path);
  });
});
