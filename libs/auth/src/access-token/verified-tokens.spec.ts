// Verified once: what is remembered, what is compared each time, and what is never believed.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { FakeKeys } from '../../../../test/support/auth/fake-ports.js';
import { FakeClock } from '../../../../test/support/fake-clock.js';
import {
  accessTokenTtl,
  audience,
  createKey,
  issuer,
  TokenWorkshop,
} from '../../../../test/support/tokens.js';
import { UnavailableError } from './access-token.errors.js';
import { toMinted, type CheckedToken } from './checked-token.js';
import { parseClaims } from './claims.js';
import { parseCompactJws } from './compact-jws.js';
import { VerifiedTokens } from './verified-tokens.js';

let clock: FakeClock;
let workshop: TokenWorkshop;
let keys: FakeKeys;
let tokens: VerifiedTokens;

beforeEach(() => {
  clock = new FakeClock();
  workshop = new TokenWorkshop(clock);
  keys = new FakeKeys(new Map([[workshop.key.kid, workshop.key.publicKey]]));
  tokens = new VerifiedTokens({ keys, issuer, audience, max: 100, clock });
});

/** A key is looked up for each signature that is verified, and for nothing else. */
const verified = (): number => keys.asked.length;

const mint = (claims = {}): ReturnType<typeof toMinted> => {
  const token = workshop.token(claims);
  const payload = parseClaims(parseCompactJws(token)?.payload ?? {});
  if (payload === null) throw new Error('not a token');
  return toMinted(token, payload);
};

describe('a token', () => {
  it('is verified at first sight, at once, and known from then on', () => {
    const token = workshop.token();
    const first = tokens.check(token);
    expect(first).toMatchObject({ token, claims: { sub: 'user-1' } });
    expect(tokens.check(token)).toBe(first);
    expect(verified()).toBe(1);
  });

  it('expires also when it is known', () => {
    const token = workshop.token();
    void tokens.check(token);
    clock.advance(accessTokenTtl * 1000 - 1);
    expect(tokens.check(token)).toMatchObject({ token });
    clock.advance(1);
    expect(tokens.check(token)).toBe('token_expired');
  });

  it('that ends like a known one is another: it is verified, and takes nothing from that', () => {
    const token = workshop.token();
    const known = tokens.check(token);
    const [header, , signature] = token.split('.');
    const [, payload] = workshop.token({ sub: 'admin' }).split('.');
    expect(tokens.check(`${header}.${payload}.${signature}`)).toBe('token_invalid');
    expect(verified()).toBe(2);
    expect(tokens.check(token)).toBe(known);
    expect(verified()).toBe(2);
  });

  it('that expired, or is malformed, costs no signature and no key', () => {
    const token = workshop.token();
    clock.advance(accessTokenTtl * 1000);
    for (const bad of [token, `${token}x`, token.slice(1), '', 'a.b.c']) {
      expect(tokens.check(bad)).toMatch(/^token_/);
    }
    expect(verified()).toBe(0);
  });

  it('whose key has to be fetched is a promise; one that expires meanwhile is not let in', async () => {
    const token = workshop.token();
    let found = (): void => undefined;
    keys.find = () =>
      new Promise((resolve) => (found = () => resolve(workshop.key.publicKey))) as never;
    const checking = tokens.check(token);
    clock.advance(accessTokenTtl * 1000);
    found();
    expect(checking).toBeInstanceOf(Promise);
    expect(await checking).toBe('token_expired');
  });

  it('whose key cannot be known is no forgery', () => {
    keys.isDown = true;
    expect(() => tokens.check(workshop.token())).toThrow(UnavailableError);
  });

  it.each([
    ['none', null],
    ['another', createKey('x').publicKey],
    ['of another curve', generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey],
    ['of another kind', generateKeyPairSync('ed25519').publicKey],
    ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey],
  ])('is not believed by a key that is %s', (_name, key) => {
    keys.find = () => key;
    expect(tokens.check(workshop.token())).toBe('token_invalid');
  });
});

describe('a token that was signed here', () => {
  it('is known without being verified', () => {
    const minted = mint();
    const learned = tokens.learn(minted, workshop.key.kid);
    expect(tokens.check(minted.token)).toBe(learned);
    expect(verified()).toBe(0);
  });

  it('is the same as one that was verified', () => {
    const minted = mint();
    const learned = tokens.learn(minted, workshop.key.kid);
    const other = new VerifiedTokens({ keys, issuer, audience, max: 100, clock });
    expect(learned).toEqual(other.check(minted.token));
  });

  it('takes the place of the one before it, which is verified once more if it is still used', () => {
    const old = mint();
    tokens.learn(old, workshop.key.kid);
    tokens.learn(mint(), workshop.key.kid, old.token);
    expect(tokens.check(old.token)).toMatchObject({ token: old.token });
    void tokens.check(old.token);
    expect(verified()).toBe(1);
  });
});

it('is bounded by count', () => {
  const all = Array.from({ length: 300 }, () => workshop.token());
  for (const token of all) void tokens.check(token);
  expect(verified()).toBe(300);
  for (const token of all.slice(-50)) void tokens.check(token);
  expect(verified()).toBe(300);
  const first = tokens.check(all[0] ?? '') as CheckedToken;
  expect(first.token).toBe(all[0]);
  expect(verified()).toBe(301);
});
