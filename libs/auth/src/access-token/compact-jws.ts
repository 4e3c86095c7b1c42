import { isAscii, isUtf8 } from 'node:buffer';
import { Generations } from '../generations.js';
import type { AccessTokenClaims } from './claims.js';
import { hasDuplicateMember } from './json-members.js';

/** A token that is spelt right; nothing of it is believed before its signature was verified. */
export interface CompactJws {
  readonly token: string;
  readonly kid: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** 64 bytes, `r` and `s`. */
  readonly signature: Buffer;
}

/** Longest token that is looked at, in bytes; proxies cut headers not far above. */
export const maxTokenBytes = 4096;

const signatureLength = 86;
const space = 0x20;
const brace = 0x7b;
const zero = 0x30;
const maxDigits = 15;
const kidShape = /^[A-Za-z0-9_-]{1,64}$/;
/** Half the order of P-256, rounded down. */
const halfOrder = Buffer.from(
  '7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8',
  'hex',
);

/**
 * Reads a token in the one spelling that is accepted, or returns null.
 *
 * An ECDSA signature has 32 spellings that libraries accept: `s` or `n - s`, times 16 for the unused
 * bits of the last base64url character. Were they let in, a cache or deny list keyed by the token
 * could be walked round, so exactly one is: canonical base64url, `s` at most half the order (RFC 8725
 * "Check JWT Format"; OWASP JWT cheat sheet). The header says `alg`, `typ` and `kid` and nothing else:
 * `jwk`, `jku`, `x5c`, `crit`, `b64` and `zip` have each been a way in (CVE-2018-0114, CVE-2026-35042).
 */
export function parseCompactJws(token: string): CompactJws | null {
  const segments = segmentsOf(token);
  const kid = segments && kidOf(segments.header);
  if (segments === null || kid === null) return null;
  const signature = bytesOf(segments.signature);
  if (signature === null || !isLow(signature)) return null;
  const payload = readObject(segments.payload);
  return payload && { token, kid, payload, signature };
}

/** The claims of a token that was verified, read again. */
export function payloadOf(token: string): AccessTokenClaims {
  const payload = token.slice(token.indexOf('.') + 1, token.lastIndexOf('.'));
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as AccessTokenClaims;
}

/**
 * Whether a token says of itself that it is over: a look that spares everything else, for clients that go on
 * with one for hours. Only of what starts as one that was read before; it refuses, and lets nothing in.
 */
export function isOverAtSight(token: string, nowMs: number): boolean {
  const segments = segmentsOf(token);
  if (segments === null || headers.get(segments.header) === undefined) return false;
  const text = Buffer.from(segments.payload, 'base64url').toString('latin1');
  const exp = timeIn(text, '"exp":');
  const iat = timeIn(text, '"iat":');
  return iat !== null && exp !== null && iat < exp && nowMs >= exp * 1000;
}

interface Segments {
  readonly header: string;
  readonly payload: string;
  readonly signature: string;
}

/** Three, none empty, the last as long as a signature. */
function segmentsOf(token: string): Segments | null {
  if (token.length > maxTokenBytes) return null;
  const payloadStart = token.indexOf('.') + 1;
  const signatureStart = token.length - signatureLength;
  if (payloadStart < 2 || token.lastIndexOf('.') !== signatureStart - 1) return null;
  if (signatureStart - 1 <= payloadStart) return null;
  return {
    header: token.slice(0, payloadStart - 1),
    payload: token.slice(payloadStart, signatureStart - 1),
    signature: token.slice(signatureStart),
  };
}

/** A time as the issuer writes it, if there is one; no text inside the JSON can look like its name. */
function timeIn(text: string, member: string): number | null {
  const start = text.indexOf(member);
  if (start < 0 || text.lastIndexOf(member) !== start) return null;
  let time = 0;
  for (let i = start + member.length; i < start + member.length + maxDigits; i++) {
    const digit = text.charCodeAt(i) - zero;
    if (!(digit >= 0 && digit <= 9)) return text[i] === ',' || text[i] === '}' ? time : null;
    time = 10 * time + digit;
  }
  return null;
}

/** Headers that were read before: one for each key that signs. Bounded, because callers make them up. */
const headers = new Generations<string, string>(64);

function kidOf(segment: string): string | null {
  const known = headers.get(segment);
  if (known !== undefined) return known;
  const kid = readHeader(segment);
  if (kid !== null) headers.set(segment, kid);
  return kid;
}

function readHeader(segment: string): string | null {
  const header = readObject(segment);
  if (header === null || Object.keys(header).length !== 3) return null;
  const { alg, typ, kid } = header;
  if (alg !== 'ES256' || typ !== 'at+jwt') return null;
  return typeof kid === 'string' && kidShape.test(kid) ? kid : null;
}

/** A canonical segment that holds one JSON object in UTF-8, no member named twice. */
function readObject(segment: string): Record<string, unknown> | null {
  const text = textOf(segment);
  const value = text === null ? null : toObject(text);
  if (text === null || value === null) return null;
  // As a rule it reads as it would be written, and then nothing can be there twice.
  return JSON.stringify(value) === text || !hasDuplicateMember(text) ? value : null;
}

/** Of a canonical segment: one that these bytes, written again, would be. */
function bytesOf(segment: string): Buffer | null {
  const bytes = Buffer.from(segment, 'base64url');
  return bytes.toString('base64url') === segment ? bytes : null;
}

/** Null for what is not UTF-8, which would be read as something that was not sent. */
function textOf(segment: string): string | null {
  const bytes = bytesOf(segment);
  if (bytes === null) return null;
  if (isAscii(bytes)) return bytes.toString('latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : null;
}

function toObject(text: string): Record<string, unknown> | null {
  // Spares the exception for most of what is no JSON. A BOM is refused here, too.
  const first = text.charCodeAt(0);
  if (first > space && first !== brace) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return value as Record<string, unknown>;
}

/** `s` at most half the order. */
function isLow(signature: Buffer): boolean {
  return signature.compare(halfOrder, 0, 32, 32) <= 0;
}

/**
 * The issuer's half of the rule above: `s` to `n - s` when it is above half the order.
 * @param signature 64 bytes, `r` and `s` (IEEE P1363); returned changed in place.
 */
export function normalizeSignature(signature: Buffer): Buffer {
  const s = signature.subarray(32);
  if (s.compare(halfOrder) <= 0) return signature;
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const low = order - BigInt(`0x${s.toString('hex')}`);
  Buffer.from(low.toString(16).padStart(64, '0'), 'hex').copy(s);
  return signature;
}
