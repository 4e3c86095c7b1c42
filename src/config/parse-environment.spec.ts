import { describe, expect, it } from '@jest/globals';
import { EnvironmentError, parseEnvironment } from './parse-environment.js';

const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    parseEnvironment(env);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.faults;
    throw error;
  }
  return [];
};

describe('the environment', () => {
  it('needs nothing: every variable has its default', () => {
    expect(parseEnvironment({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      issuerUrl: 'http://localhost:3000',
      mongodbUri: null,
      redisUrl: null,
      dataDir: './data',
      defaultPolicy: { accessTokenTtl: 600, refreshAfter: 10, sessionTtl: 28_800, warnBefore: 120 },
      passwordMinLength: 12,
      adminEmail: 'admin@localhost',
      revocationLeaseSeconds: 5,
      revocationCache: true,
      trustProxy: false,
      throttle: true,
      logLevel: 'info',
    });
  });

  it.each([
    ['PORT', 'abc', /^PORT: must be a whole number from 0 to 65535, not "abc"$/],
    ['PORT', '70000', /^PORT: must be/],
    ['PORT', '1e3', /^PORT: must be/],
    ['ISSUER_URL', 'localhost:3000', /^ISSUER_URL: must be a URL beginning with/],
    ['ISSUER_URL', 'https://a.example/?x=1', /^ISSUER_URL: must have no query/],
    ['ISSUER_URL', 'https://user:pw@a.example', /^ISSUER_URL: must have no query/],
    ['MONGODB_URI', 'postgres://x', /^MONGODB_URI: must be a URL beginning with mongodb:/],
    ['REDIS_URL', 'localhost:6379', /^REDIS_URL: must be a URL beginning with redis:/],
    ['ACCESS_TOKEN_TTL', '9', /^ACCESS_TOKEN_TTL: must be a whole number from 10 to 86400/],
    ['REFRESH_AFTER', '600', /^REFRESH_AFTER: must be a whole number from 0 to 599/],
    ['SESSION_TTL', '599', /^SESSION_TTL: must be a whole number from 600/],
    ['WARN_BEFORE', '600', /^WARN_BEFORE: must be/],
    ['PASSWORD_MIN_LENGTH', '7', /^PASSWORD_MIN_LENGTH: must be a whole number from 8 to 128/],
    ['KEYS_SECRET', 'short', /^KEYS_SECRET: must have at least 32 characters/],
    ['ADMIN_EMAIL', 'nobody', /^ADMIN_EMAIL: must be an e-mail address/],
    ['ADMIN_PASSWORD', 'short', /^ADMIN_PASSWORD: must have 12 to 128 characters$/],
    ['REVOCATION_LEASE', '0', /^REVOCATION_LEASE: must be a whole number from 1 to 60/],
    ['REVOCATION_CACHE', 'yes', /^REVOCATION_CACHE: must be one of on, off, not "yes"$/],
    ['TRUST_PROXY', 'all', /^TRUST_PROXY: must be "off", a number of proxies/],
    ['TRUST_PROXY', '10.0.0.0/64', /^TRUST_PROXY: must be "off"/],
    ['THROTTLE', '1', /^THROTTLE: must be one of on, off/],
    ['LOG_LEVEL', 'loud', /^LOG_LEVEL: must be one of/],
  ])('%s=%s is refused by name', (name, value, message) => {
    const faults = faultsOf({ [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(message);
  });

  it('names every fault at once', () => {
    expect(faultsOf({ PORT: 'x', THROTTLE: 'x', LOG_LEVEL: 'x' })).toHaveLength(3);
  });

  it('refuses in production what is only safe on a desk', () => {
    const production = { NODE_ENV: 'production', MONGODB_URI: 'mongodb://db/portcullis' };
    expect(faultsOf({ ...production, THROTTLE: 'off' })).toEqual([
      expect.stringMatching(/^KEYS_SECRET: is required with NODE_ENV=production and MONGODB_URI/),
      expect.stringMatching(/^THROTTLE: must be "on"/),
    ]);
    expect(faultsOf({ ...production, KEYS_SECRET: 'k'.repeat(32) })).toEqual([]);
  });

  it('never repeats a secret in a fault', () => {
    const faults = faultsOf({
      MONGODB_URI: 'user:hunter2@db',
      KEYS_SECRET: 'hunter2',
      ADMIN_PASSWORD: 'hunter2',
    });
    expect(faults).toHaveLength(3);
    expect(faults.join()).not.toContain('hunter2');
  });

  it('compares the issuer byte by byte, so a trailing slash goes', () => {
    expect(parseEnvironment({ ISSUER_URL: 'https://login.example/' }).issuerUrl).toBe(
      'https://login.example',
    );
  });

  it.each([
    ['2', 2],
    ['10.0.0.0/8, loopback', ['10.0.0.0/8', 'loopback']],
    ['::1', ['::1']],
    ['off', false],
  ])('TRUST_PROXY=%s', (value, expected) => {
    expect(parseEnvironment({ TRUST_PROXY: value }).trustProxy).toEqual(expected);
  });
});
