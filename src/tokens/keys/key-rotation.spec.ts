import { describe, expect, it } from '@jest/globals';
import { activeKey, complete, expire, revokeKey, rotate } from './key-rotation.js';
import type { SigningKey } from './signing-key.js';

const now = new Date('2026-01-01T00:00:00Z');
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);
let made = 0;
const kid = (): string => `k${String(++made)}`;
const fresh = (): readonly SigningKey[] => complete([], kid, now);
const states = (keys: readonly SigningKey[]): string[] => keys.map((key) => key.state).sort();
const find = (keys: readonly SigningKey[], id: string): SigningKey => {
  const key = keys.find((one) => one.kid === id);
  if (!key) throw new Error(`no key ${id}`);
  return key;
};

describe('a key set', () => {
  it('begins with one key that signs and one that is known before it does', () => {
    expect(states(fresh())).toEqual(['active', 'next']);
  });

  it('is left alone while it is complete', () => {
    const keys = fresh();
    expect(complete(keys, kid, later(5))).toEqual(keys);
  });

  it('rotates to the key that was published before, so that nobody meets an unknown one', () => {
    const before = fresh();
    const next = before.find((key) => key.state === 'next');
    const after = rotate(before, kid, later(10), later(670));
    expect(activeKey(after)?.kid).toBe(next?.kid);
    expect(states(after)).toEqual(['active', 'next', 'retiring']);
  });

  it('keeps the old key published until its last token has expired, without its private part', () => {
    const before = fresh();
    const old = activeKey(before)?.kid ?? '';
    const after = rotate(before, kid, now, later(660));
    expect(find(after, old)).toMatchObject({
      state: 'retiring',
      privateKey: null,
      publishedUntil: later(660),
    });
    expect(find(expire(after, later(659)), old).state).toBe('retiring');
    expect(find(expire(after, later(660)), old).state).toBe('retired');
  });

  it('puts the next key in the place of one that leaked', () => {
    const before = fresh();
    const leaked = activeKey(before)?.kid ?? '';
    const after = revokeKey(before, leaked, kid, later(1));
    expect(find(after, leaked)).toMatchObject({
      state: 'revoked',
      privateKey: null,
      revokedAt: later(1),
    });
    expect(states(after)).toEqual(['active', 'next', 'revoked']);
  });

  it('makes another next key when that is the one that leaked', () => {
    const before = fresh();
    const leaked = before.find((key) => key.state === 'next')?.kid ?? '';
    const after = revokeKey(before, leaked, kid, now);
    expect(activeKey(after)?.kid).toBe(activeKey(before)?.kid);
    expect(states(after)).toEqual(['active', 'next', 'revoked']);
  });

  it('never holds a private part of a key that does not sign and will not', () => {
    let keys = fresh();
    for (let i = 0; i < 5; i++) keys = rotate(keys, kid, later(i), later(i + 600));
    keys = revokeKey(keys, activeKey(keys)?.kid ?? '', kid, later(9));
    for (const key of keys) {
      expect(key.privateKey !== null).toBe(key.state === 'active' || key.state === 'next');
    }
  });

  it('does not grow for ever', () => {
    let keys = fresh();
    for (let i = 0; i < 250; i++)
      keys = expire(rotate(keys, kid, later(i), later(i)), later(i + 1));
    expect(keys.length).toBeLessThanOrEqual(103);
    expect(activeKey(keys)).toBeDefined();
  });

  it('publishes only the public half', () => {
    for (const key of fresh())
      expect(Object.keys(key.publicJwk).sort()).toEqual(['crv', 'kty', 'x', 'y']);
  });
});
