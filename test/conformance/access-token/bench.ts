/** What every group of cases is made with: one clock, one key, one good token, and the outcomes. */
import type { ErrorCode } from '@portcullis/auth';
import { generateKeyPairSync } from 'node:crypto';
import { FakeClock } from '../../support/fake-clock.js';
import { createKey, TokenWorkshop, type Members } from '../../support/tokens.js';

export const clock = new FakeClock();
export const workshop = new TokenWorkshop(clock);
export const good = workshop.token();
export const now = workshop.nowSeconds;

/** Keys of the same issuer that are not for ES256, and one more that is. */
export const secondKey = createKey('key-2');
export const p384Key = { kid: 'p384', ...generateKeyPairSync('ec', { namedCurve: 'P-384' }) };
export const rsaKey = { kid: 'rsa', ...generateKeyPairSync('rsa', { modulusLength: 2048 }) };
export const ed25519Key = { kid: 'ed25519', ...generateKeyPairSync('ed25519') };
export const longKid = 'k'.repeat(64);
export const foreignKeys = [secondKey, p384Key, rsaKey, ed25519Key].map(
  ({ kid, publicKey }) => [kid, publicKey] as const,
);

export interface Outcome {
  readonly status: number;
  /** Null where the answer is not the library's: a good one, or HTTP's own refusal. */
  readonly code: ErrorCode | null;
  readonly challenge: string | null;
}

const refused = (code: ErrorCode, detail: string): Outcome => ({
  status: 401,
  code,
  challenge: `Bearer error="invalid_token", error_description="${detail}"`,
});

export const accepted: Outcome = { status: 200, code: null, challenge: null };
export const missing: Outcome = { status: 401, code: 'token_missing', challenge: 'Bearer' };
export const invalid = refused(
  'token_invalid',
  'The access token is not a valid token for this resource.',
);
export const expired = refused('token_expired', 'The access token has expired.');
export const twoHeaders: Outcome = { status: 400, code: 'invalid_request', challenge: null };
/** Not HTTP: Node's parser answers before any application does. */
export const notHttp: Outcome = { status: 400, code: null, challenge: null };

/** A name, the bearer token, or whole lines of the request where it is not just one, and the outcome. */
export type Case = readonly [name: string, sent: string | RawRequest, outcome: Outcome];

export interface RawRequest {
  readonly line?: string;
  readonly headers: readonly (string | Buffer)[];
  readonly body?: string;
}

export interface Clause {
  readonly clause: string;
  readonly cases: readonly Case[];
}

/** A JSON text of the members, with more of it added as it is: duplicates, `1e999`. */
export function rawJson(members: Members, more: string, isFirst = false): string {
  const inside = JSON.stringify(members).slice(1, -1);
  return isFirst ? `{${more},${inside}}` : `{${inside},${more}}`;
}

/** A rightly signed token whose payload is this very text. */
export const signedPayload = (payload: string | Buffer): string =>
  workshop.sign(workshop.header(), payload);

/** A rightly signed token whose header is this very text. */
export const signedHeader = (header: string | Buffer): string =>
  workshop.sign(header, workshop.claims());
