// The clock was set, or the machine slept: in both the wall's clock parts from the one that nobody sets.
import type { Context } from '../session/context.js';
import { save } from '../session/store.js';

/** More between both clocks than this is no imprecision. */
const jumpMs = 2_000;

/**
 * Before anything is made of the wall's clock, so that each jump counts once. One that fell behind was
 * set back, and every deadline goes with it. One that ran ahead may also be sleep, in which time passed:
 * the shorter time counts until the server has said more.
 */
export function noticeJump(context: Context): void {
  const { clock, held } = context;
  const jump = clock.now() - clock.monotonic() - context.ahead;
  context.ahead += jump;
  if (Math.abs(jump) <= jumpMs) return;
  context.hasJumped = true;
  if (!held || jump > 0) return;
  context.held = { ...held, offset: held.offset + jump };
  save(context);
}
