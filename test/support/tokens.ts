/** A workshop for access tokens: it signs good ones, and lets every part of one be bent. */
import { normalizeSignature, type Clock } from '@portcullis/auth';
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

export const issuer = 'https://login.example';
export const audience = 'orders';
export const accessTokenTtl = 600;
export const sessionTtl = 28_800;

export interface TestKey {
  readonly kid: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export function createKey(kid: string): TestKey {
  return { kid, ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
}

/** A header or payload: an object as its JSON (undefined left out), a text or bytes as they are. */
export type Part = object | string | Buffer;
export type Members = Readonly<Record<string, unknown>>;

export class TokenWorkshop {
  private made = 0;

  constructor(
    readonly clock: Clock,
    readonly key: TestKey = createKey('key-1'),
  ) {}

  get nowSeconds(): number {
    return Math.floor(this.clock.now() / 1000);
  }

  /** Claims of a good token of a session that begins now. A claim that is undefined is left out. */
  claims(overrides: Members = {}): Members {
    const now = this.nowSeconds;
    return {
      iss: issuer,
      sub: 'user-1',
      aud: [audience, issuer],
      client_id: 'shop',
      iat: now,
      exp: now + accessTokenTtl,
      auth_time: now,
      session_exp: now + sessionTtl,
      sid: 'session-1',
      jti: `token-${++this.made}`,
      ver: 3,
      client_ver: 2,
      issuer_ver: 1,
      roles: ['clerk'],
      ...overrides,
    };
  }

  header(overrides: Members = {}): Members {
    return { alg: 'ES256', typ: 'at+jwt', kid: this.key.kid, ...overrides };
  }

  /** A token that is good but for what is overridden; the signature is right in any case. */
  token(claims: Members = {}, header: Members = {}): string {
    return this.sign(this.header(header), this.claims(claims));
  }

  /** Signs a header and a payload as they are, in the one accepted spelling. */
  sign(header: Part, payload: Part, key: KeyObject = this.key.privateKey): string {
    return this.signSegments(encode(header), encode(payload), key);
  }

  signSegments(header: string, payload: string, key: KeyObject = this.key.privateKey): string {
    const input = `${header}.${payload}`;
    const signature = sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
    // Another curve's signature is longer, and is there to be refused.
    const spelt = signature.length === 64 ? normalizeSignature(signature) : signature;
    return `${input}.${spelt.toString('base64url')}`;
  }

  /** A good token of exactly so many characters. */
  tokenOfLength(length: number): string {
    for (let spaces = 0; spaces < 4; spaces++) {
      const header = `${' '.repeat(spaces)}${JSON.stringify(this.header())}`;
      const payload = (fill: number): object => this.claims({ fill: 'x'.repeat(fill) });
      const missing = length - this.sign(header, payload(0)).length;
      for (let fill = Math.max(0, Math.floor((missing * 3) / 4) - 3); ; fill++) {
        const token = this.sign(header, payload(fill));
        if (token.length === length) return token;
        if (token.length > length) break;
      }
    }
    throw new Error(`no token has ${length} characters`);
  }
}

export function encode(part: Part): string {
  if (Buffer.isBuffer(part)) return part.toString('base64url');
  return Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');
}
