import { hasDuplicateMember, ProblemException } from '@portcullis/auth';
import { isPrototypeName } from './prototype-names.js';

const maxDepth = 32;

/**
 * A JSON object, read so that it means one thing only: every member name once, none that reaches a
 * prototype, no half of a surrogate pair (two different passwords would be stored as the same bytes).
 * @throws ProblemException `invalid_request`, or `validation_failed` for JSON that is no object.
 */
export function parseStrictJson(text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message quotes the text, which may hold a password.
    throw refusal('The body is not valid JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ProblemException('validation_failed', 'The body must be a JSON object.');
  }
  assertPlain(value, 1);
  if (hasDuplicateMember(text)) throw refusal('The body names a member twice.');
  return value;
}

function assertPlain(value: unknown, depth: number): void {
  if (typeof value === 'string') assertWellFormed(value);
  if (typeof value !== 'object' || value === null) return;
  if (depth > maxDepth) throw refusal(`The body is nested deeper than ${maxDepth} levels.`);
  for (const [name, member] of Object.entries(value)) {
    if (isPrototypeName(name)) throw refusal('The body has a member name that is not allowed.');
    assertWellFormed(name);
    assertPlain(member, depth + 1);
  }
}

function assertWellFormed(text: string): void {
  if (/\p{Surrogate}/u.test(text)) throw refusal('The body has text that is not valid Unicode.');
}

function refusal(detail: string): ProblemException {
  return new ProblemException('invalid_request', detail);
}
