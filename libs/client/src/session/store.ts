// Where the token outlives a reload. A browser may refuse each call: then memory it is.
import type { TokenStore } from '../session-client.js';
import type { Page } from '../page.js';
import { readClaims } from '../token/claims.js';
import { problem, snapshotOf, type Context, type Snapshot } from './context.js';

function attempt<T>(context: Context, action: () => T): T | undefined {
  try {
    return action();
  } catch {
    problem(context, 'storage-blocked');
    return undefined;
  }
}

export const openStore = (context: Context): void =>
  attempt(context, () => {
    const { storage = 'tab' } = context.options;
    context.store = typeof storage === 'string' ? webStorage(context.page, storage) : storage;
  });

/** What was left here, by an earlier page or by another one that shares it. */
export const readStore = (context: Context): Snapshot | null | undefined =>
  attempt(context, () => JSON.parse(context.store?.get(context.name) ?? 'null') as Snapshot | null);

export const save = (context: Context): void =>
  attempt(context, () => {
    const { held, store, name } = context;
    if (held) store?.set(name, JSON.stringify(snapshotOf(held)));
  });

/** Only what has ended: another page may have left its own session there. */
export const forget = (context: Context, sid: string): void =>
  attempt(context, () => {
    const claims = readClaims(readStore(context)?.token ?? '');
    if (!claims || claims.sid === sid) context.store?.remove(context.name);
  });

/** Reading the property may throw, and so may the first write. */
function webStorage(page: Page, kind: 'tab' | 'local' | 'memory'): TokenStore | null {
  if (kind === 'memory') return null;
  const storage = kind === 'tab' ? page.sessionStorage : page.localStorage;
  storage.setItem('portcullis', '');
  storage.removeItem('portcullis');
  return {
    get: (key) => storage.getItem(key),
    set: (key, value) => storage.setItem(key, value),
    remove: (key) => storage.removeItem(key),
  };
}
