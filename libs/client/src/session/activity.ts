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
  const { below = 0.5, throttleMs = 30_000, events = inputs } = { ...options.autoExtend };
  // Whoever opens a page is there.
  let inputAt = clock.now();
  let steadyInputAt = clock.monotonic();
  let extendedAt = -Infinity;

  /** Only in `active`: while the warning is shown somebody must press a button. */
  const isDue = (): boolean => {
    const rest = remaining(context);
    if (options.autoExtend === false || context.state !== 'active') return false;
    if (!context.held || !rest?.extendable) return false;
    const { iat, exp } = context.held.claims;
    // The token tells when any tab last extended.
    const since = Math.min(steadyInputAt - extendedAt, inputAt - iat * 1000 - context.held.offset);
    return rest.idleMs < (exp - iat) * 1000 * below && since >= throttleMs;
  };
  const onInput = (): void => {
    inputAt = clock.now();
    steadyInputAt = clock.monotonic();
    if (!isDue()) return;
    extendedAt = steadyInputAt;
    extend().catch(() => undefined);
  };
  for (const type of events) {
    page.addEventListener(type, onInput, { capture: true, passive: true, signal: until });
  }
  // By the clock that says more: one may be set, the other stands still in sleep.
  return () =>
    Math.max(clock.now() - inputAt, clock.monotonic() - steadyInputAt) >
    (options.activeWindowMs ?? 60_000);
}
