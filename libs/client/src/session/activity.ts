// Whether somebody is there, and extending the session while he works without requests.
import type { AutoExtendOptions } from '../session-client.js';
import type { Page } from '../page.js';
import type { Core } from './core.js';
import type { Ticker } from '../time/ticker.js';

const inputs = ['pointerdown', 'keydown', 'wheel', 'touchstart'];
const listening = { capture: true, passive: true };

export class Activity {
  #inputAt: number;
  #extendedAt = -Infinity;
  readonly #events: readonly string[];

  constructor(
    private readonly page: Page,
    private readonly now: () => number,
    private readonly options: false | AutoExtendOptions,
    private readonly core: Core,
    private readonly ticker: Ticker,
    private readonly extend: () => Promise<unknown>,
  ) {
    // Whoever opens a page is there.
    this.#inputAt = now();
    this.#events = (options ? options.events : undefined) ?? inputs;
  }

  start(): void {
    for (const type of this.#events) this.page.addEventListener(type, this.#onInput, listening);
  }

  stop(): void {
    for (const type of this.#events) this.page.removeEventListener(type, this.#onInput, listening);
  }

  idleMs(): number {
    return this.now() - this.#inputAt;
  }

  readonly #onInput = (): void => {
    this.#inputAt = this.now();
    if (this.#isDue()) {
      this.#extendedAt = this.#inputAt;
      this.extend().catch(() => undefined);
    }
  };

  /** Only in `active`: while the warning is shown somebody must press a button. */
  #isDue(): boolean {
    const { held, state } = this.core;
    const remaining = this.ticker.remaining();
    if (!this.options || !held || !remaining?.extendable || state !== 'active') return false;
    const { below = 0.5, throttleMs = 30_000 } = this.options;
    const { iat, exp } = held.claims;
    // The token tells when any tab last extended.
    const last = Math.max(this.#extendedAt, iat * 1000 + held.offset);
    return remaining.idleMs < (exp - iat) * 1000 * below && this.now() - last >= throttleMs;
  }
}
