// The slide, whatever happens in whatever order: the real minter with a key of its own and a clock.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generateKeyPairSync } from 'node:crypto';
import type { Application, SessionPolicy } from '../../src/applications/application.js';
import { parseEnvironment } from '../../src/config/parse-environment.js';
import { AccessTokenMinter } from '../../src/tokens/issuer/access-token.minter.js';
import type { Session } from '../../src/tokens/sessions/session.js';
import type { User } from '../../src/users/user.js';
import { toChecked } from '../support/auth/to-checked.js';
import { FakeClock } from '../support/fake-clock.js';
import { claimsOf } from '../support/jwt.js';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** Seconds; every policy that the server would take, with short lives so that ends are met often. */
const policies = fc
  .record({
    accessTokenTtl: fc.integer({ min: 10, max: 120 }),
    extra: fc.integer({ min: 0, max: 600 }),
  })
  .chain(({ accessTokenTtl, extra }) =>
    fc.record({
      accessTokenTtl: fc.constant(accessTokenTtl),
      refreshAfter: fc.integer({ min: 0, max: accessTokenTtl - 1 }),
      sessionTtl: fc.constant(accessTokenTtl + extra),
      warnBefore: fc.constant(1),
    }),
  );

/** A burst of requests at once: how long after the last one, and in which order their answers arrive. */
const bursts = fc.array(
  fc.record({
    pause: fc.double({ min: 0, max: 1, noNaN: true }),
    order: fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
    /** Which of the tokens that it ever had a tab sends, counted back from the newest. */
    lag: fc.array(fc.nat({ max: 3 }), { minLength: 6, maxLength: 6 }),
  }),
  { minLength: 1, maxLength: 30 },
);

interface Login {
  readonly clock: FakeClock;
  readonly first: string;
  answer(token: string): string;
}

function logIn(policy: SessionPolicy): Login {
  const clock = new FakeClock();
  let ids = 0;
  const now = new Date(clock.now());
  const application = { id: 'web', audience: 'api', policy, version: 3 } as Application;
  const minter = new AccessTokenMinter(
    { canSign: true, current: { kid: 'k', privateKey } } as never,
    { find: () => application } as never,
    { note: () => undefined } as never,
    parseEnvironment({ ISSUER_URL: 'http://issuer.test' }),
    { next: () => `id${String(++ids)}` },
    clock,
  );
  const session = {
    id: 'session',
    createdAt: now,
    expiresAt: new Date(clock.now() + policy.sessionTtl * 1000),
  } as Session;
  const user = { id: 'user', tokenVersion: 7, roles: ['editor'] } as unknown as User;
  const first = minter.open(session, user, application, 2).token;
  const answer = (token: string): string => minter.refresh(toChecked(token, claimsOf(token))).token;
  return { clock, first, answer };
}

/** What a browser keeps of two tokens. */
const newer = (one: string, other: string): string => {
  const [a, b] = [claimsOf(one), claimsOf(other)];
  return b.exp > a.exp || (b.exp === a.exp && b.iat > a.iat) ? other : one;
};

describe('the slide', () => {
  it('never reaches past the absolute end, and changes nothing but times and the id', () => {
    fc.assert(
      fc.property(policies, bursts, (policy, events) => {
        const { clock, first, answer } = logIn(policy);
        const { exp: _exp, iat: _iat, jti: _jti, ...fixed } = claimsOf(first);
        const tokens = [first];
        for (const { pause, order } of events) {
          clock.advance(Math.floor(pause * policy.accessTokenTtl * 1000));
          const sent = tokens[(order[0] ?? 0) % tokens.length] ?? first;
          if (clock.now() >= claimsOf(sent).exp * 1000) continue;
          const token = answer(sent);
          const { exp, iat, jti, ...rest } = claimsOf(token);
          expect(rest).toEqual(fixed);
          expect(exp).toBeLessThanOrEqual(fixed.session_exp);
          expect(exp - iat).toBeLessThanOrEqual(policy.accessTokenTtl);
          expect(exp).toBeGreaterThanOrEqual(claimsOf(sent).exp);
          expect(typeof jti).toBe('string');
          tokens.push(token);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('signs nobody out who comes back in time, however many requests at once and however their answers overtake', () => {
    fc.assert(
      fc.property(policies, bursts, (policy, events) => {
        const { clock, first, answer } = logIn(policy);
        const end = claimsOf(first).session_exp * 1000;
        let kept = first;
        const had = [first];
        for (const { pause, order, lag } of events) {
          // In time: before the token that the browser keeps is over. A slide may be `refreshAfter` behind.
          const left = claimsOf(kept).exp * 1000 - clock.now();
          clock.advance(Math.floor(pause * (left - 1)));
          if (clock.now() >= end) return;
          const sent = order.map((_, i) => had.at(-1 - (lag[i] ?? 0)) ?? kept);
          const alive = [kept, ...sent].filter((token) => clock.now() < claimsOf(token).exp * 1000);
          expect(alive).toContain(kept);
          const answers = alive.map((token) => answer(token));
          const arrived = answers
            .map((token, i) => ({ token, at: order[i % order.length] ?? 0 }))
            .sort((a, b) => a.at - b.at);
          for (const { token } of arrived) kept = newer(kept, token);
          had.push(...answers);
          expect(clock.now()).toBeLessThan(claimsOf(kept).exp * 1000);
          // Active now means at least this much more, or the absolute end.
          const promised = clock.now() + (policy.accessTokenTtl - policy.refreshAfter - 1) * 1000;
          expect(claimsOf(kept).exp * 1000).toBeGreaterThanOrEqual(Math.min(end, promised));
        }
      }),
      { numRuns: 300 },
    );
  });
});
