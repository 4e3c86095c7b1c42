/**
 * The key set as the text of a file. Read strictly: a set of which a part was lost would publish too
 * few keys, or bring a revoked one back.
 */
import type { JsonWebKey } from 'node:crypto';
import type { KeySet } from './keys.store.js';
import type { SigningKey, SigningKeyState } from './signing-key.js';

export const serializeKeySet = (set: KeySet): string => `${JSON.stringify(set, null, 2)}\n`;

/** Null when `text` is not what `serializeKeySet` makes. Why is not said: the reason would quote it. */
export function parseKeySet(text: string): KeySet | null {
  try {
    const { revision, keys } = members(JSON.parse(text));
    if (!Number.isSafeInteger(revision) || Number(revision) < 1) return null;
    if (!Array.isArray(keys)) return null;
    return { revision: Number(revision), keys: keys.map(parseKey) };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function parseKey(value: unknown): SigningKey {
  const key = members(value);
  return {
    kid: text(key['kid']),
    state: state(key['state']),
    publicJwk: publicJwk(key['publicJwk']),
    privateKey: orNull(text)(key['privateKey']),
    createdAt: date(key['createdAt']),
    activatedAt: orNull(date)(key['activatedAt']),
    retiredAt: orNull(date)(key['retiredAt']),
    publishedUntil: orNull(date)(key['publishedUntil']),
    revokedAt: orNull(date)(key['revokedAt']),
  };
}

function publicJwk(value: unknown): JsonWebKey {
  const { kty, crv, x, y } = members(value);
  if (kty !== 'EC' || crv !== 'P-256') throw new SyntaxError('not a key of ES256');
  return { kty, crv, x: text(x), y: text(y) };
}

const states: readonly SigningKeyState[] = ['next', 'active', 'retiring', 'retired', 'revoked'];

function state(value: unknown): SigningKeyState {
  const found = states.find((one) => one === value);
  if (found === undefined) throw new SyntaxError('not a state');
  return found;
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new SyntaxError('not an object');
  return value as Readonly<Record<string, unknown>>;
}

function text(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new SyntaxError('not a text');
  return value;
}

function date(value: unknown): Date {
  const parsed = new Date(text(value));
  if (Number.isNaN(parsed.getTime())) throw new SyntaxError('not a date');
  return parsed;
}

/** A member that is missing is not null. */
const orNull =
  <T>(read: (value: unknown) => T) =>
  (value: unknown): T | null =>
    value === null ? null : read(value);
