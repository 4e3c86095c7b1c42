// Of a patch only what is new is written, and only what tokens speak of ends sessions.
import { describe, expect, it } from '@jest/globals';
import type { Application } from '../../applications/application.js';
import { changedApplication, changeOf, endingReasonOf } from './application-patch.js';

const application: Application = {
  id: 'shop',
  name: 'Shop',
  audience: 'shop',
  allowedOrigins: ['https://shop.example.org'],
  policy: { accessTokenTtl: 600, refreshAfter: 10, sessionTtl: 28_800, warnBefore: 120 },
  resourceServer: false,
  enabled: false,
  version: 3,
  createdAt: new Date(0),
  updatedAt: new Date(0),
};

describe('what of a patch is new', () => {
  it.each([
    [{}, {}],
    [{ name: 'Shop', audience: 'shop', enabled: false, warnBefore: 120 }, {}],
    [{ allowedOrigins: ['https://shop.example.org'] }, {}],
    [{ allowedOrigins: [] }, { allowedOrigins: [] }],
    [{ name: 'Store' }, { name: 'Store' }],
    [{ enabled: true }, { enabled: true }],
    [{ refreshAfter: 0 }, { policy: { ...application.policy, refreshAfter: 0 } }],
  ])('%j: %j', (patch, change) => {
    expect(changeOf(application, patch)).toEqual(change);
  });

  it('says nothing of what is not: `enabled: false` once more would be written without a revoke', () => {
    expect(Object.keys(changeOf(application, { name: 'Store', enabled: false }))).toEqual(['name']);
  });
});

describe('sessions end', () => {
  it.each([
    [{ enabled: false }, 'application_disabled'],
    [{ audience: 'store' }, 'audience_changed'],
    [{ audience: 'store', enabled: false }, 'application_disabled'],
    [{ enabled: true }, null],
    [{ name: 'Store', allowedOrigins: [], resourceServer: true }, null],
    [{ policy: application.policy }, null],
  ])('for %j: %s', (change, reason) => {
    expect(endingReasonOf(change)).toBe(reason);
  });
});

describe('the audit log', () => {
  it('has each changed field before and after, the policy field by field', () => {
    const policy = { ...application.policy, accessTokenTtl: 300 };
    const after = { ...application, name: 'Store', policy, version: 4, updatedAt: new Date(1) };
    expect(changedApplication(application, after)).toEqual({
      name: ['Shop', 'Store'],
      accessTokenTtl: [600, 300],
    });
  });

  it('has all of one that is made or deleted, and nothing for nothing', () => {
    expect(changedApplication(null, application)).toMatchObject({ name: [null, 'Shop'] });
    expect(changedApplication(application, null)).toMatchObject({ sessionTtl: [28_800, null] });
    expect(changedApplication(application, { ...application })).toBeNull();
  });
});
