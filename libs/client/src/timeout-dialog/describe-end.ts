// For the page that somebody sees after the end: why, in plain words, and where to go back to.
import type { EndReason } from '../session.js';
import { englishLabels, type TimeoutLabels } from './labels.js';
import { validLanguage } from './time-words.js';

export interface EndDescription {
  /** The lengths that the application's policy allows, to be said. Left out: said without them. */
  readonly idleMs?: number;
  readonly absoluteMs?: number;
  /** A language tag, for the time. Default `en`. */
  readonly language?: string;
  readonly labels?: Partial<TimeoutLabels>;
}

/** "You were signed out because you did not use the page for 10 minutes." */
export function describeEnd(reason: EndReason, about: EndDescription = {}): string {
  const { idleMs = 0, absoluteMs = 0, language = 'en' } = about;
  const labels = { ...englishLabels, ...about.labels };
  const ms = { idle: idleMs, absolute: absoluteMs }[reason as string] ?? 0;
  return labels.ended(reason, ms > 0 ? labels.time(ms, validLanguage(language)) : '');
}

/**
 * Where to go after signing in again: a path of this very origin, else `/`. An address from a query
 * is anybody's: `//evil.example` and `javascript:` would take the user elsewhere.
 */
export function returnPath(wanted: string | null | undefined, origin: string): string {
  if (!wanted?.startsWith('/')) return '/';
  try {
    const { origin: led, pathname, search, hash } = new URL(wanted, origin);
    // What `/.//evil.example` comes to is a path here, and an address where it is used.
    if (led === origin && !pathname.startsWith('//')) return pathname + search + hash;
  } catch {
    // No address at all, such as `//`.
  }
  return '/';
}
