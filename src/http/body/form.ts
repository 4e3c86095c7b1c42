import { ProblemException } from '@portcullis/auth';
import { isPrototypeName } from './prototype-names.js';

/**
 * The parameters of an `application/x-www-form-urlencoded` body as RFC 6749 has them: each once (§3.2),
 * and one without a value as if it were left out (§3.1).
 * @throws ProblemException `invalid_request`.
 */
export function parseForm(text: string): Record<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const [name, ...rest] = pair.split('=');
    const decoded = decode(name ?? '');
    if (isPrototypeName(decoded)) throw refusal('A parameter has a name that is not allowed.');
    if (parameters.has(decoded)) throw refusal('A parameter is given more than once.');
    parameters.set(decoded, decode(rest.join('=')));
  }
  return Object.fromEntries([...parameters].filter(([, value]) => value !== ''));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // Broken percent-encoding, or bytes that are no UTF-8; the message would quote them.
    throw refusal('The body is not validly encoded.');
  }
}

function refusal(detail: string): ProblemException {
  return new ProblemException('invalid_request', detail);
}
