import { toChecked } from '../../../../test/support/auth/to-checked.js';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { UnavailableError } from '../access-token/access-token.errors.js';
import type { CheckedToken } from '../access-token/checked-token.js';
import { Clock } from '../clock.js';
import type { IssuerClient } from './issuer-client.js';
import { RemoteAccessTokenIssuer } from './remote-access-token.issuer.js';
import { RemoteVerificationKeys } from './remote-verification-keys.js';

class TestClock extends Clock {
  constructor(public ms = 1_000_000) {
    super();
  }

  override now(): number {
    return this.ms;
  }
}

const newJwk = (kid: string): Record<string, unknown> => ({
  ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }),
  kid,
  use: 'sig',
  alg: 'ES256',
});

/** A server that answers what it is told to, and counts how often it was asked. */
class Issuer {
  asked = 0;
  keys: unknown[] | Error = [];

  readonly client = {
    get: () => {
      this.asked++;
      return this.keys instanceof Error
        ? Promise.reject(this.keys)
        : Promise.resolve({ keys: this.keys });
    },
  } as unknown as IssuerClient;
}

describe("the issuer's keys", () => {
  it('are asked for once, by however many at the same moment', async () => {
    const issuer = new Issuer();
    issuer.keys = [newJwk('a')];
    const keys = new RemoteVerificationKeys(issuer.client, new TestClock());
    const found = await Promise.all(Array.from({ length: 50 }, async () => keys.find('a')));
    expect(found.every((key) => key?.asymmetricKeyDetails?.namedCurve === 'prime256v1')).toBe(true);
    expect(issuer.asked).toBe(1);
  });

  it('are asked for again at most every 30 seconds, whatever ids callers make up', async () => {
    const issuer = new Issuer();
    const clock = new TestClock();
    const keys = new RemoteVerificationKeys(issuer.client, clock);
    for (let i = 0; i < 20; i++) expect(await keys.find(`made-up-${String(i)}`)).toBeNull();
    expect(issuer.asked).toBe(1);
    issuer.keys = [newJwk('b')];
    clock.ms += 30_001;
    expect(await keys.find('b')).not.toBeNull();
    expect(issuer.asked).toBe(2);
  });

  it('are not stormed for while the issuer is down: one attempt a second', async () => {
    const issuer = new Issuer();
    issuer.keys = new UnavailableError('down');
    const clock = new TestClock();
    const keys = new RemoteVerificationKeys(issuer.client, clock);
    for (let i = 0; i < 20; i++) await expect(keys.find('a')).rejects.toThrow(UnavailableError);
    expect(issuer.asked).toBe(1);
    issuer.keys = [newJwk('a')];
    clock.ms += 1001;
    expect(await keys.find('a')).not.toBeNull();
  });

  it('that could not be asked for anew make no token forged: 503, and asked again after a second', async () => {
    const issuer = new Issuer();
    issuer.keys = [newJwk('a')];
    const clock = new TestClock();
    const keys = new RemoteVerificationKeys(issuer.client, clock);
    await keys.find('a');
    clock.ms += 30_001;
    issuer.keys = new UnavailableError('down');
    for (let i = 0; i < 20; i++) await expect(keys.find('b')).rejects.toThrow(UnavailableError);
    expect(issuer.asked).toBe(2);
    issuer.keys = [newJwk('a'), newJwk('b')];
    clock.ms += 1001;
    expect(await keys.find('b')).not.toBeNull();
    expect(await keys.find('c')).toBeNull();
    expect(issuer.asked).toBe(3);
  });

  it('are kept when asking anew fails', async () => {
    const issuer = new Issuer();
    issuer.keys = [newJwk('a')];
    const clock = new TestClock();
    const keys = new RemoteVerificationKeys(issuer.client, clock);
    const before = await keys.find('a');
    issuer.keys = new UnavailableError('down');
    clock.ms += 700_000;
    expect(await keys.find('a')).toBe(before);
    await new Promise((resolve) => setImmediate(resolve));
    expect(issuer.asked).toBe(2);
    expect(await keys.find('a')).toBe(before);
  });

  it.each([
    ['another curve', { kty: 'EC', crv: 'P-384', kid: 'x', x: 'AA', y: 'AA' }],
    ['another use', { ...newJwk('x'), use: 'enc' }],
    ['another algorithm', { ...newJwk('x'), alg: 'ES384' }],
    ['no id', { ...newJwk('x'), kid: undefined }],
    ['a point off the curve', { ...newJwk('x'), x: Buffer.alloc(32, 1).toString('base64url') }],
    ['a symmetric key', { kty: 'oct', k: 'AAAA', kid: 'x', alg: 'ES256' }],
    ['nothing', null],
    ['a text', 'x'],
  ])('with %s are passed over, and the others are not', async (_name, odd) => {
    const issuer = new Issuer();
    issuer.keys = [odd, newJwk('good')];
    const keys = new RemoteVerificationKeys(issuer.client, new TestClock());
    expect(await keys.find('x')).toBeNull();
    expect(await keys.find('good')).not.toBeNull();
  });
});

describe("a service's refreshed token", () => {
  const nowSeconds = 1_000_000;
  const clock = new TestClock(nowSeconds * 1000);
  beforeEach(() => void (clock.ms = nowSeconds * 1000));
  const encode = (value: object): string =>
    Buffer.from(JSON.stringify(value)).toString('base64url');

  function token(claims: object): { token: string; claims: never } {
    const all = {
      iss: 'i',
      sub: 'u',
      aud: ['a'],
      client_id: 'c',
      iat: nowSeconds,
      exp: nowSeconds + 600,
      auth_time: nowSeconds - 100,
      session_exp: nowSeconds + 9000,
      sid: 's',
      jti: 'j',
      ver: 1,
      client_ver: 1,
      issuer_ver: 1,
      roles: [],
      ...claims,
    };
    const header = encode({ alg: 'ES256', typ: 'at+jwt', kid: 'k' });
    return { token: `${header}.${encode(all)}.${'A'.repeat(86)}`, claims: all as never };
  }

  const twice = (signed: string): string => {
    const [header, payload = '', signature] = signed.split('.');
    const text = Buffer.from(payload, 'base64url').toString().replace('{', '{"jti":"other",');
    return `${header}.${Buffer.from(text).toString('base64url')}.${signature}`;
  };

  function service(answer: () => Promise<Record<string, unknown>>) {
    let asked = 0;
    const client = {
      post: () => {
        asked++;
        return answer();
      },
    } as unknown as IssuerClient;
    return { issuer: new RemoteAccessTokenIssuer(client, clock, 10), asked: () => asked };
  }

  const checked = (members: object): CheckedToken => {
    const made = token(members);
    return toChecked(made.token, made.claims);
  };
  const old = checked({ iat: nowSeconds - 20 });

  it('is not asked for while the one shown is fresh', () => {
    const { issuer, asked } = service(() => Promise.reject(new Error('asked')));
    const fresh = checked({});
    issuer.prepare(fresh);
    expect(issuer.refresh(fresh)).toBe(fresh);
    expect(asked()).toBe(0);
  });

  it('is asked for once for fifty requests at once, and once in ten seconds', async () => {
    const next = token({ jti: 'next' }).token;
    const { issuer, asked } = service(() => Promise.resolve({ access_token: next }));
    const all = await Promise.all(
      Array.from({ length: 50 }, async () => {
        issuer.prepare(old);
        return (await issuer.refresh(old))?.token;
      }),
    );
    expect(new Set(all)).toEqual(new Set([next]));
    expect(issuer.refresh(old)).toMatchObject({ token: next, authorization: `Bearer ${next}` });
    expect(asked()).toBe(1);
  });

  it('is asked for once in ten seconds also when the server does not replace it yet', async () => {
    const { issuer, asked } = service(() => Promise.resolve({ access_token: old.token }));
    for (let i = 0; i < 5; i++) {
      issuer.prepare(old);
      expect(await issuer.refresh(old)).toMatchObject({ token: old.token });
    }
    expect(asked()).toBe(1);
    clock.ms += 10_000;
    await issuer.refresh(old);
    expect(asked()).toBe(2);
  });

  it.each([
    ['does not answer', () => Promise.reject(new UnavailableError('down'))],
    ['answers without a token', () => Promise.resolve({})],
    ['answers what is no token', () => Promise.resolve({ access_token: 'x' })],
    [
      "answers another session's",
      () => Promise.resolve({ access_token: token({ sid: 'other' }).token }),
    ],
    [
      "answers another user's",
      () => Promise.resolve({ access_token: token({ sub: 'other' }).token }),
    ],
    [
      'answers one that names a claim twice',
      () => Promise.resolve({ access_token: twice(token({}).token) }),
    ],
  ])('is left out when the server %s', async (_name, answer) => {
    const { issuer } = service(answer);
    expect(await issuer.refresh(old)).toBeNull();
  });

  it('never takes the place of a token with other versions', async () => {
    const { issuer } = service(() => Promise.resolve({ access_token: token({ ver: 2 }).token }));
    await issuer.refresh(old);
    const again = checked({ jti: 'again' });
    expect(issuer.refresh(again)).toBe(again);
  });
});
