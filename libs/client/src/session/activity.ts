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
  // Whoever opens a page is there.
  let inputAt = clock.now();
  let extendedAt = -Infinity;

  /** Only in `active`: while the warning is shown somebody must press a button. */
  const isDue = (): boolean => {
    const rest = remaining(context);
    if (options.autoExtend === false || context.state !== 'active') return false;
    if (!context.held || !rest?.extendable) return false;
    const { iat, exp } = context.held.claims;
    // The token tells when any tab last extended.
    const last = Math.max(extendedAt, iat * 1000 + context.held.offset);
    return rest.idleMs < (exp - iat) * 1000 * below && inputAt - last >= throttleMs;
  };
  const onInput = (): void => {
    inputAt = clock.now();
    if (!isDue()) return;
    extendedAt = inputAt;
    extend().catch(() => undefined);
  };
  for (const type of events) {
    page.addEventListener(type, onInput, { capture: true, passive: true, signal: until });
  }
  return () => clock.now() - inputAt > (options.activeWindowMs ?? 60_000);
}
