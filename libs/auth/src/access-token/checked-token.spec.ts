// What is kept of a token: all that handlers ask of it, and what many have in common once.
import { describe, expect, it } from '@jest/globals';
import { CheckedToken, toMinted } from './checked-token.js';
import type { AccessTokenClaims } from './claims.js';
import { SharedValues } from './shared-values.js';

const claimsOf = (user: string): AccessTokenClaims => ({
  iss: 'https://auth.example',
  sub: user,
  aud: ['shop', 'https://auth.example'],
  client_id: 'shop-web',
  iat: 1_000,
  exp: 1_600,
  auth_time: 900,
  session_exp: 9_000,
  sid: `session-${user}`,
  jti: `token-${user}`,
  ver: 3,
  client_ver: 2,
  issuer_ver: 1,
  roles: ['editor', 'viewer'],
});

const tokenOf = (user: string): string =>
  `h.${Buffer.from(JSON.stringify({ ...claimsOf(user), later: 'x' })).toString('base64url')}.s`;

const checkedOf = (user: string, shared = new SharedValues()): CheckedToken =>
  new CheckedToken(toMinted(tokenOf(user), claimsOf(user)), 'key-1', shared);

describe('a checked token', () => {
  it('says what it said when it was signed, and what must still stand', () => {
    const checked = checkedOf('ada');
    expect(checked.claims).toEqual(claimsOf('ada'));
    expect(checked).toMatchObject({
      token: tokenOf('ada'),
      authorization: `Bearer ${tokenOf('ada')}`,
    });
    expect(checked.subjects).toEqual([
      ['u:ada', 3],
      ['c:shop-web', 2],
      ['i', 1],
      ['k:key-1', 1],
      ['s:session-ada', 1],
    ]);
  });

  it('has nothing that anybody could change', () => {
    const { claims, principal } = checkedOf('ada');
    expect(() => Object.assign(claims, { sub: 'eve' })).toThrow(TypeError);
    expect(() => Object.assign(principal, { subject: 'eve' })).toThrow(TypeError);
    expect(() => (principal.roles as string[]).push('admin')).toThrow(TypeError);
    expect(() => (claims.aud as string[]).push('other')).toThrow(TypeError);
    principal.tokenExpiresAt.setFullYear(2100);
    expect(principal.tokenExpiresAt).toEqual(new Date(1_600_000));
  });

  it('is a principal with its times, also where a handler answers with it', () => {
    const { principal } = checkedOf('ada');
    expect(JSON.parse(JSON.stringify(principal))).toEqual({
      subject: 'ada',
      roles: ['editor', 'viewer'],
      clientId: 'shop-web',
      sessionId: 'session-ada',
      tokenId: 'token-ada',
      authenticatedAt: '1970-01-01T00:15:00.000Z',
      tokenExpiresAt: '1970-01-01T00:26:40.000Z',
      sessionExpiresAt: '1970-01-01T02:30:00.000Z',
    });
  });

  it('shares with those of others what is not its own', () => {
    const shared = new SharedValues();
    const [ada, bob] = [checkedOf('ada', shared), checkedOf('bob', shared)];
    expect(bob.principal.roles).toBe(ada.principal.roles);
    for (const index of [1, 2, 3]) {
      expect(bob.subjects[index]).toBe(ada.subjects[index]);
    }
    expect(bob.subjects[0]).toEqual(['u:bob', 3]);
  });
});

describe('shared values', () => {
  it('of one kind are never taken for another', () => {
    const shared = new SharedValues();
    shared.list(['admin']);
    shared.subjects(claimsOf('ada'), 'key-1');
    const texts = ['["admin"]', '["shop-web",2,1,"key-1"]'];
    expect(texts.map((text) => shared.text(text))).toEqual(texts);
  });

  it('are bounded', () => {
    const shared = new SharedValues();
    for (let i = 0; i < 5_000; i++) shared.text(`role-${i}`);
    const { knownTexts } = shared as unknown as { knownTexts: Map<string, string> };
    expect(knownTexts.size).toBeLessThanOrEqual(1_000);
  });
});
