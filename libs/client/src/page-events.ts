// What happens to the page: shown, hidden, focused, online, into the Back button's cache and out of it.
import { isHidden, type Listenable } from './page.js';
import type { Parts } from './parts.js';

export class PageEvents {
  readonly #sources: readonly (readonly [Listenable, string])[];

  constructor(private readonly parts: Parts) {
    const { page } = parts;
    const ofWindow = ['pageshow', 'pagehide', 'focus', 'online'];
    this.#sources = [
      [page.document, 'visibilitychange'],
      ...ofWindow.map((type) => [page, type] as const),
    ];
  }

  start(): void {
    for (const [target, type] of this.#sources) target.addEventListener(type, this.#on);
  }

  stop(): void {
    for (const [target, type] of this.#sources) target.removeEventListener(type, this.#on);
  }

  readonly #on = (event: Event): void => {
    const { page, push, tabs, ticker } = this.parts;
    if (event.type === 'pagehide') {
      // Neither channel, lock nor stream may keep the page out of that cache.
      push.stop();
      tabs.close();
    } else if (event.type === 'pageshow') void this.#show((event as PageTransitionEvent).persisted);
    else if (event.type === 'visibilitychange') push.turn();
    if (!isHidden(page)) void ticker.wake();
  };

  /** Out of the cache: what happened meanwhile is not known here. */
  async #show(isCached: boolean): Promise<void> {
    const { core, handOff, options, push, tabs, ticker } = this.parts;
    if (!isCached) return;
    tabs.open();
    await handOff.greet();
    await ticker.ask();
    if (core.held && options.push !== 'off') push.start();
  }
}
