/** Which part of the server a file belongs to, and which parts know which. */

/** A part may import those right of it, never one left of it. */
const order = [
  'main',
  'cli',
  'app',
  'start',
  'dashboard',
  'docs',
  'health',
  'admin',
  'auth',
  'tokens',
  'applications',
  'users',
  'audit',
  'throttle',
  'redis',
  'storage',
  'config',
] as const;

/** What puts the parts together may know all of them, and each other. */
const composition: readonly string[] = ['main', 'cli', 'app'];

/** Parts with rules and data of their own; what they show each other is `isShownToOtherFeatures`. */
const features: readonly string[] = ['admin', 'auth', 'tokens', 'applications', 'users', 'audit'];

/** `http` stands outside the order: everybody's decorators, nobody's rules. */
export type Area = (typeof order)[number] | 'http';

/** Null for a file outside `src`, or in a folder of it that has no place yet. */
export function areaOf(path: string): Area | null {
  if (path === 'src/main.ts') return 'main';
  if (/^src\/[^/]+$/.test(path)) return 'app';
  const folder = /^src\/([^/]+)\//.exec(path)?.[1];
  if (folder === 'http') return 'http';
  return order.find((area) => area === folder) ?? null;
}

export const isFeature = (area: Area): boolean => features.includes(area);

export function isLeftOf(one: Area, other: Area): boolean {
  if (one === 'http' || other === 'http') return false;
  if (composition.includes(one) && composition.includes(other)) return false;
  return order.indexOf(one) < order.indexOf(other);
}

/** The last word before `.ts`: `service` of `users.service.ts`, '' of the plain `user.ts`. */
export const roleOf = (path: string): string =>
  /\.([a-z-]+)\.ts$/.exec(path.slice(path.lastIndexOf('/') + 1))?.[1] ?? '';

/** `users.store.mongo.ts`, and the folders `mongo` and `sqlite`: they speak one database's language. */
export const isStoreAdapter = (path: string): boolean =>
  ['mongo', 'sqlite', 'schema'].includes(roleOf(path)) ||
  (/\/(mongo|sqlite)\//.test(path) && !path.startsWith('src/storage/'));
