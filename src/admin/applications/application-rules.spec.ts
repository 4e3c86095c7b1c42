// What an application may be set to.
import { describe, expect, it } from '@jest/globals';
import { ProblemException } from '@portcullis/auth';
import type { SessionPolicy } from '../../applications/application.js';
import { assertValid, completePolicy, isExactOrigin, policyFaults } from './application-rules.js';

const policy: SessionPolicy = {
  accessTokenTtl: 600,
  refreshAfter: 10,
  sessionTtl: 28_800,
  warnBefore: 120,
};

const faultyFields = (change: Partial<SessionPolicy>): string[] =>
  policyFaults({ ...policy, ...change }).map(({ field }) => field);

describe('a policy', () => {
  it.each<[Partial<SessionPolicy>]>([
    [{}],
    [{ accessTokenTtl: 10, refreshAfter: 0, sessionTtl: 10, warnBefore: 0 }],
    [{ accessTokenTtl: 10, refreshAfter: 9, warnBefore: 9 }],
    [{ accessTokenTtl: 86_400, sessionTtl: 86_400 }],
    [{ sessionTtl: 2_592_000 }],
    [{ refreshAfter: 599, warnBefore: 599 }],
  ])('may be %j', (change) => {
    expect(faultyFields(change)).toEqual([]);
  });

  it.each<[Partial<SessionPolicy>, string[]]>([
    [{ accessTokenTtl: 9 }, ['accessTokenTtl']],
    [{ accessTokenTtl: 86_401, sessionTtl: 100_000 }, ['accessTokenTtl']],
    [{ accessTokenTtl: 600.5 }, ['accessTokenTtl']],
    [{ accessTokenTtl: Number.NaN }, ['accessTokenTtl']],
    [{ refreshAfter: -1 }, ['refreshAfter']],
    [{ refreshAfter: 600 }, ['refreshAfter']],
    [{ warnBefore: 600 }, ['warnBefore']],
    [{ sessionTtl: 599 }, ['sessionTtl']],
    [{ sessionTtl: 2_592_001 }, ['sessionTtl']],
    [{ accessTokenTtl: 60 }, ['warnBefore']],
    [
      { refreshAfter: 700, warnBefore: 700, sessionTtl: 500 },
      ['refreshAfter', 'warnBefore', 'sessionTtl'],
    ],
  ])('may not be %j', (change, fields) => {
    expect(faultyFields(change)).toEqual(fields);
  });
});

describe('what is left out of a policy', () => {
  it('is as the defaults have it', () => {
    expect(completePolicy({}, policy)).toEqual(policy);
    expect(completePolicy({ refreshAfter: 0 }, policy)).toEqual({ ...policy, refreshAfter: 0 });
  });

  it.each([10, 60, 121, 600, 30_000, 86_400])('fits a lifetime of %i', (accessTokenTtl) => {
    const completed = completePolicy({ accessTokenTtl }, policy);
    expect(completed.accessTokenTtl).toBe(accessTokenTtl);
    expect(policyFaults(completed)).toEqual([]);
  });

  it('does not bend what was given', () => {
    expect(completePolicy({ accessTokenTtl: 60, warnBefore: 90 }, policy).warnBefore).toBe(90);
  });
});

describe('an origin', () => {
  it.each([
    'https://app.example.org',
    'http://localhost:5173',
    'http://127.0.0.1:8080',
    'http://[::1]:3000',
    'https://xn--bcher-kva.example',
  ])('%s is one', (origin) => {
    expect(isExactOrigin(origin)).toBe(true);
  });

  it.each([
    '',
    '*',
    'null',
    'https://*',
    'https://*.example.org',
    'app.example.org',
    'https://app.example.org/',
    'https://app.example.org/path',
    'https://app.example.org:443',
    'http://app.example.org:80',
    'HTTPS://app.example.org',
    'https://APP.example.org',
    'https://user@app.example.org',
    'https://app.example.org?x',
    ' https://app.example.org',
    'https://bücher.example',
    'ftp://app.example.org',
    'file:///etc/passwd',
    'javascript://app.example.org',
    'chrome-extension://abcdefgh',
  ])('%j is none', (text) => {
    expect(isExactOrigin(text)).toBe(false);
  });
});

describe('an application', () => {
  const application = { policy, allowedOrigins: ['https://app.example.org'], audience: 'shop' };
  const faultsOf = (change: Partial<typeof application>): unknown => {
    try {
      assertValid({ ...application, ...change }, 'https://issuer.example.org');
      return [];
    } catch (error) {
      if (!(error instanceof ProblemException)) throw error;
      expect(error.code).toBe('validation_failed');
      return error.problem.errors?.map(({ field }) => field);
    }
  };

  it('is told every fault at once', () => {
    expect(faultsOf({})).toEqual([]);
    const allowedOrigins = ['https://app.example.org/'];
    const change = { allowedOrigins, audience: 'https://issuer.example.org' };
    expect(faultsOf({ ...change, policy: { ...policy, warnBefore: 600 } })).toEqual([
      'warnBefore',
      'allowedOrigins',
      'audience',
    ]);
  });

  it('has at most 50 origins', () => {
    const origins = (count: number): string[] =>
      Array.from({ length: count }, (_, index) => `http://localhost:${index + 3000}`);
    expect(faultsOf({ allowedOrigins: origins(50) })).toEqual([]);
    expect(faultsOf({ allowedOrigins: origins(51) })).toEqual(['allowedOrigins']);
  });
});
