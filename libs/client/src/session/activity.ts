// Whether somebody is there, and extending the session while he works without requests.
import { remaining } from '../time/ticker.js';
import type { Context } from './context.js';

const inputs = ['pointerdown', 'keydown', 'wheel', 'touchstart'];

/** @returns whether nobody has touched the page for a while. */
export function watchActivity(
  context: Context,
  until: AbortSignal,
  extend: () => Promise<unknown>,
): () => boolean {
  const { clock, options, page } = context;
  const {
    below = 0.5,
    throttleMs = 30_000,
    events = inputs,
  } = options.autoExtend === false ? {} : (options.autoExtend ?? {});
  // By both clocks: one may be set, and the other stands still in sleep.
  const now = (): readonly [number, number] => [clock.now(), clock.monotonic()];
  // Whoever opens a page is there.
  let inputAt = now();
  let extendedAt = -Infinity;

  /** Only in `active`: while the warning is shown somebody must press a button. */
  const isDue = (): boolean => {
    const rest = remaining(context);
    if (options.autoExtend === false || context.state !== 'active') return false;
    if (!context.held || !rest?.extendable) return false;
    const { iat, exp } = context.held.claims;
    const [wall, steady] = inputAt;
    // The token tells when any tab last extended.
    const since = Math.min(steady - extendedAt, wall - iat * 1000 - context.held.offset);
    return rest.idleMs < (exp - iat) * 1000 * below && since >= throttleMs;
  };
  const onInput = (): void => {
    inputAt = now();
    if (!isDue()) return;
    extendedAt = inputAt[1];
    extend().catch(() => undefined);
  };
  for (const type of events) {
    page.addEventListener(type, onInput, { capture: true, passive: true, signal: until });
  }
  return () => {
    const [wall, steady] = inputAt;
    const away = Math.max(clock.now() - wall, clock.monotonic() - steady);
    return away > (options.activeWindowMs ?? 60_000);
  };
}
