// Looks at the time: warns, asks the server when time is up, and after sleep before it says anything.
import { pause } from '../page.js';
import type { Remaining } from '../session.js';
import { emit, setState, type Context } from '../session/context.js';
import { hold } from '../session/hold.js';
import { remainingOf, warningLeadOf } from './deadline.js';

/** So often at least the clocks are compared: a timer does not notice sleep. */
const longestNapMs = 30_000;
/** More between both clocks than this is sleep, or somebody set the clock. */
const jumpMs = 2_000;
/** On waking up the server is asked at most so often. */
const recheckMs = 30_000;
/** What is shown waits no longer than this for the answer; one that comes later still counts. */
const longestWaitMs = 2_000;

export interface Ticker {
  /** Looks at the time, and asks the server if that is up. @param isWaking after a while away. */
  look(isWaking?: boolean): Promise<void>;
  /** One question at a time, however many want to know. */
  readonly ask: () => Promise<void>;
  /** Sets the state by the time that is left, and the next look. @param isAnswered by the server, just now. */
  settle(isAnswered?: boolean): void;
  stop(): void;
}

export const remaining = ({ held, clock }: Context): Remaining | null =>
  held && remainingOf(held, clock.now());

export function createTicker(context: Context, peek: () => Promise<boolean>): Ticker {
  const { clock } = context;
  const hasJumped = watchJumps(context);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let askedAt = 0;
  let asking: Promise<void> | null = null;
  let isReachable = true;

  const question = async (): Promise<void> => {
    // Until it is known better: what the answer brings is settled before it is over.
    isReachable = true;
    const answer = Promise.race([peek(), pause(longestWaitMs).then(() => false)]);
    const isAnswered = await answer;
    asking = null;
    settle(isAnswered);
  };

  const ask = (): Promise<void> => {
    askedAt = clock.now();
    return (asking ??= question());
  };

  const look = async (isWaking = false): Promise<void> => {
    if (!context.held || context.isClosed) return;
    const mustAsk = hasJumped() || (isWaking && Math.abs(clock.now() - askedAt) > recheckMs);
    const [untilEnd, untilWarning] = left(context);
    const isApproached = untilWarning <= 0 && context.state === 'active';
    if (mustAsk || untilEnd <= 0 || isApproached) await ask();
    else settle();
  };

  const settle = (isAnswered = isReachable): void => {
    isReachable = isAnswered;
    clearTimeout(timer);
    const { state, isClosed } = context;
    const [untilEnd, untilWarning] = left(context);
    const isUnknown = untilEnd <= 0 && !isReachable;
    // At zero by this clock and alive by the server's: it is less than a second.
    const nap = isUnknown ? 5_000 : untilWarning > 0 ? untilWarning : Math.max(untilEnd, 1_000);
    if (context.held && !isClosed) {
      timer = setTimeout(() => void look(), Math.min(nap, longestNapMs));
    }
    if (!context.held) setState(context, 'signed-out');
    else if (untilWarning > 0) setState(context, 'active');
    else if (state === 'extending') return;
    else if (isUnknown) setState(context, 'unknown');
    else if (state !== 'warning') {
      setState(context, 'warning');
      const rest = remaining(context);
      if (state !== 'unknown' && rest) emit(context, 'warning', rest);
    }
  };

  return { look, ask, settle, stop: () => clearTimeout(timer) };
}

/** Until the end, and until the warning. */
function left({ held, clock, options }: Context): [number, number] {
  if (!held) return [0, 0];
  const { idleMs } = remainingOf(held, clock.now());
  const warnBeforeMs = options.warnBeforeMs ?? held.warnBeforeMs;
  return [idleMs, idleMs - warningLeadOf({ ...held, warnBeforeMs })];
}

/**
 * @returns whether there was one since it was last asked. A wall clock that fell behind was set back, and
 *   every deadline goes with it. One that ran ahead may also be sleep, in which time passed: the shorter
 *   time counts until the server has said more.
 */
function watchJumps(context: Context): () => boolean {
  const { clock } = context;
  const aheadNow = (): number => clock.now() - clock.monotonic();
  let ahead = aheadNow();
  return () => {
    const jump = aheadNow() - ahead;
    ahead += jump;
    const { held } = context;
    if (held && jump < -jumpMs) hold(context, { ...held, offset: held.offset + jump });
    return Math.abs(jump) > jumpMs;
  };
}
