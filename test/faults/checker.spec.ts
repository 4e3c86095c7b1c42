// The checker of the fault runs finds what it is there for, and nothing else.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Checker, type Token } from './checker.mjs';

let now: number;
let checker: Checker;

beforeEach(() => {
  now = 0;
  checker = new Checker(() => now);
});

const at = (time: number): number => (now = time);
const found = (): string[] => checker.violations.map(({ kind }) => kind);

function tokenOf(version: number, session = 's1', user = 'mia'): string {
  const claims = { sub: user, sid: session, client_id: 'web', ver: version };
  return `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${String(now)}`;
}

const issue = (version: number, session?: string): Token =>
  checker.issued(tokenOf(version, session), now);

/** Called at one time and answered at another. */
function revoke(calledAt: number, answeredAt: number, version?: number): void {
  at(calledAt);
  const call = checker.revokeCalled('suspend', 'node 1', ['mia']);
  at(answeredAt);
  checker.revokeAnswered(call, version === undefined ? {} : { version });
}

function answer(token: Token, sentAt: number, status: number, code = ''): void {
  at(Math.max(now, sentAt + 1));
  checker.answered(token, { node: 'node 2', path: '/users/me', sentAt, status, code });
}

describe('an earlier token', () => {
  it('that is accepted after the answer is a stale accept, with what came before it', () => {
    const token = issue(1);
    revoke(10, 20, 2);
    answer(token, 21, 200);
    expect(found()).toEqual(['stale']);
    const [{ text } = { text: '' }] = checker.violations;
    expect(text).toContain('node 2 accepted version 1 (s1) on /users/me, sent 1.0 ms after');
    expect(text).toContain('suspend on node 1');
  });

  it('may be accepted when the request was sent before the answer, whenever it was answered', () => {
    const token = issue(1);
    revoke(10, 20, 2);
    answer(token, 19, 200);
    expect(found()).toEqual([]);
  });

  it('that was issued while the revoke was under way is dead when its version says so', () => {
    at(10);
    const call = checker.revokeCalled('suspend', 'node 1', ['mia']);
    const token = issue(1);
    at(20);
    checker.revokeAnswered(call, { version: 2 });
    answer(token, 21, 204);
    expect(found()).toEqual(['stale']);
  });

  it('that arrives after the answer is dead from the start', () => {
    revoke(10, 20, 2);
    const token = issue(1);
    answer(token, 21, 200);
    expect(found()).toEqual(['stale']);
  });

  it('that is refused, or cannot be checked, is as it should be', () => {
    const token = issue(1);
    revoke(10, 20, 2);
    answer(token, 21, 401, 'token_revoked');
    answer(token, 22, 503, 'unavailable');
    answer(token, 23, 0, 'ECONNRESET');
    expect(found()).toEqual([]);
    expect(checker.deadRefused).toBe(1);
  });
});

describe('a current token', () => {
  it.each([
    ['refused', 'token_revoked'],
    ['called none of ours', 'token_invalid'],
  ])('that is %s is a false refusal', (_how, code) => {
    revoke(10, 20, 2);
    at(30);
    answer(issue(2), 31, 401, code);
    expect(found()).toEqual(['false refusal']);
  });

  it('may be refused while a revoke is under way, for a reason that fits', () => {
    const token = issue(1);
    at(10);
    checker.revokeCalled('suspend', 'node 1', ['mia']);
    answer(token, 11, 401, 'token_revoked');
    expect(found()).toEqual([]);
    answer(token, 12, 401, 'token_invalid');
    expect(found()).toEqual(['false refusal']);
  });

  it('may be refused for a minute after a revoke that nobody answered, and not for longer', () => {
    at(10);
    checker.revokeUnknown(checker.revokeCalled('suspend', 'node 1', ['mia']), 'timeout');
    at(60_009);
    answer(issue(1), 60_009, 401, 'token_revoked');
    expect(found()).toEqual([]);
    at(60_011);
    answer(issue(1), 60_011, 401, 'token_revoked');
    expect(found()).toEqual(['false refusal']);
  });

  it('of another session outlives the end of one', () => {
    const [one, other] = [issue(1, 's1'), issue(1, 's2')];
    at(10);
    const ofOne = ({ session }: Token): boolean => session === 's1';
    const call = checker.revokeCalled('log out', 'node 1', ['mia'], ofOne);
    at(20);
    checker.revokeAnswered(call);
    answer(other, 21, 200);
    expect(found()).toEqual([]);
    answer(one, 22, 200);
    expect(found()).toEqual(['stale']);
  });

  it('outlives a reactivation', () => {
    at(10);
    const call = checker.revokeCalled('reactivate', 'node 1', ['mia']);
    const token = issue(3);
    at(20);
    checker.changeAnswered(call);
    answer(token, 21, 200);
    expect(found()).toEqual([]);
  });
});

describe('a slid token', () => {
  it('is as dead as the one it came from', () => {
    const token = issue(1);
    revoke(10, 20);
    const slid = checker.slid(token, tokenOf(1));
    answer(slid, 21, 200);
    expect(found()).toEqual(['stale']);
  });

  it('must not have a newer version, nor be of another session', () => {
    const token = issue(1);
    checker.slid(token, tokenOf(2));
    checker.slid(token, `${tokenOf(1, 's9')}x`);
    expect(found()).toEqual(['unchecked', 'unchecked']);
  });
});

describe('what was acknowledged', () => {
  it('is lost when a later revoke reaches no higher version', () => {
    revoke(10, 20, 2);
    revoke(30, 40, 2);
    expect(found()).toEqual(['lost']);
  });

  it('is lost when the server tells a lower version later', () => {
    checker.seen('mia', 1, 2);
    expect(found()).toEqual(['lost']);
    checker.seen('mia', 2, 2);
    expect(found()).toEqual(['lost']);
  });

  it('concerns only those rows of a bulk that succeeded', () => {
    const token = issue(1);
    at(10);
    const call = checker.revokeCalled('bulk', 'node 1', ['mia', 'tom']);
    at(20);
    checker.revokeAnswered(call, { users: ['tom'] });
    answer(token, 21, 200);
    expect(found()).toEqual([]);
  });
});

it('what nobody issued must not be let in', () => {
  const exchange = { node: 'node 1', path: '/users/me', sentAt: 1 };
  checker.bogusAnswered('garbage', { ...exchange, status: 401 });
  checker.bogusAnswered('garbage', { ...exchange, status: 503 });
  expect(found()).toEqual([]);
  checker.bogusAnswered('garbage', { ...exchange, status: 204 });
  expect(found()).toEqual(['unchecked']);
});
