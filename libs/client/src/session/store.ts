// Where the token outlives a reload. A browser may refuse each call: then memory it is.
import type { TokenStore } from '../session-client.js';
import type { Page } from '../page.js';
import type { Snapshot } from './held.js';

export class Store {
  #store: TokenStore | null = null;

  constructor(
    private readonly find: () => TokenStore | null,
    private readonly key: string,
    private readonly onBlocked: () => void,
  ) {}

  open(): void {
    this.#try(() => {
      this.#store = this.find();
    });
  }

  load(): Snapshot | null {
    return this.#try(() => JSON.parse(this.#store?.get(this.key) ?? 'null') as Snapshot) ?? null;
  }

  save(snapshot: Snapshot | null): void {
    this.#try(() => {
      if (snapshot) this.#store?.set(this.key, JSON.stringify(snapshot));
      else this.#store?.remove(this.key);
    });
  }

  #try<T>(action: () => T): T | undefined {
    try {
      return action();
    } catch {
      this.#store = null;
      this.onBlocked();
      return undefined;
    }
  }
}

/** Probed at once: reading `sessionStorage` may throw, and so may the first write. */
export function openWebStorage(page: Page, kind: 'tab' | 'local' | 'memory'): TokenStore | null {
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
