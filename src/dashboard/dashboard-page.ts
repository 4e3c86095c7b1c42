/** The operators' page as `libs/dashboard` was built, with a nonce of its own for every answer. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The same from `src` (tests) and from `dist`. */
export const dashboardFolder = fileURLToPath(
  new URL('../../libs/dashboard/dist/', import.meta.url),
);

/** What the build writes wherever a nonce belongs (`html.cspNonce` in its `vite.config.ts`). */
const noncePlaceholder = '__CSP_NONCE__';

export interface DashboardPage {
  readonly html: string;
  readonly contentSecurityPolicy: Readonly<Record<string, readonly string[]>>;
}

/** Null where it was not built. */
export function readDashboardPage(folder: string): (() => DashboardPage) | null {
  const path = `${folder}index.html`;
  if (!existsSync(path)) return null;
  const parts = readFileSync(path, 'utf8').split(noncePlaceholder);
  return () => {
    const nonce = randomBytes(16).toString('base64');
    return { html: parts.join(nonce), contentSecurityPolicy: policyWith(nonce) };
  };
}

/** Scripts and styles by nonce alone: a file that an attacker got onto this origin runs no more than a word of his. */
const policyWith = (nonce: string): DashboardPage['contentSecurityPolicy'] => ({
  'default-src': ["'none'"],
  'script-src': [`'nonce-${nonce}'`],
  'style-src': [`'nonce-${nonce}'`],
  'img-src': ["'self'"],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
  'object-src': ["'none'"],
});
