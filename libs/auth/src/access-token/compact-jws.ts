import { hasDuplicateMember } from './json-members.js';

/** A token that is spelt right; nothing of it is believed before its signature was verified. */
export interface CompactJws {
  readonly token: string;
  readonly kid: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Longest token that is looked at, in bytes; proxies cut headers not far above. */
export const maxTokenBytes = 4096;

const shape = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{86}$/;
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
  if (token.length > maxTokenBytes || !shape.test(token)) return null;
  const payloadStart = token.indexOf('.') + 1;
  const signatureStart = token.length - 86;
  const kid = readHeader(token.slice(0, payloadStart - 1));
  if (kid === null || !isCanonicalSignature(token.slice(signatureStart))) return null;
  const payload = readObject(token.slice(payloadStart, signatureStart - 1));
  return payload && { token, kid, payload };
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
  const bytes = Buffer.from(segment, 'base64url');
  if (bytes.toString('base64url') !== segment) return null;
  const text = bytes.toString('utf8');
  // Bytes that are not UTF-8 become U+FFFD and differ from what was sent; a BOM is refused by JSON.parse.
  if (!Buffer.from(text, 'utf8').equals(bytes)) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return hasDuplicateMember(text) ? null : (value as Record<string, unknown>);
}

function isCanonicalSignature(segment: string): boolean {
  const signature = Buffer.from(segment, 'base64url');
  return (
    signature.length === 64 &&
    signature.toString('base64url') === segment &&
    signature.subarray(32).compare(halfOrder) <= 0
  );
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
