// Where the token outlives a reload. A browser may refuse each call: then memory it is.
import type { TokenStore } from '../session-client.js';
import type { Page } from '../page.js';
import { problem, snapshotOf, type Context, type Snapshot } from './context.js';

function attempt<T>(context: Context, action: () => T): T | undefined {
  try {
    return action();
  } catch {
    problem(context, 'storage-blocked');
    return undefined;
  }
}

/** @returns what an earlier page has left here. */
export const openStore = (context: Context): Snapshot | null | undefined =>
  attempt(context, () => {
    const { options, page, name } = context;
    const { storage = 'tab' } = options;
    context.store = typeof storage === 'string' ? webStorage(page, storage) : storage;
    return JSON.parse(context.store?.get(name) ?? 'null') as Snapshot | null;
  });

export const save = (context: Context): void =>
  attempt(context, () => {
    const { held, store, name } = context;
    if (held) store?.set(name, JSON.stringify(snapshotOf(held)));
    else store?.remove(name);
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
