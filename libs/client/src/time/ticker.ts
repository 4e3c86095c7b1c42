// Looks at the time: warns, asks the server when time is up, and after sleep before it says anything.
import { pause } from '../page.js';
import type { Remaining } from '../session.js';
import { emit, setState, type Context } from '../session/context.js';
import { remainingOf, warningLeadOf } from './deadline.js';
import { noticeJump } from './jump.js';

/** So often at least the clocks are compared: a timer does not notice sleep. */
const longestNapMs = 30_000;
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
  let timer: ReturnType<typeof setTimeout> | undefined;
  let askedAt = 0;
  let asking: Promise<void> | null = null;
  let isReachable = true;

  const question = async (): Promise<void> => {
    context.hasJumped = false;
    // Until it is known better: what the answer brings is settled before it is over.
    isReachable = true;
    const isAnswered = await Promise.race([peek(), pause(longestWaitMs)]);
    asking = null;
    settle(isAnswered);
  };

  const ask = (): Promise<void> => {
    noticeJump(context);
    askedAt = clock.now();
    return (asking ??= question());
  };

  const look = async (isWaking = false): Promise<void> => {
    if (!context.held || context.isClosed) return;
    noticeJump(context);
    const mustAsk = context.hasJumped || (isWaking && Math.abs(clock.now() - askedAt) > recheckMs);
    const [untilEnd, untilWarning] = left(context);
    const isApproached = untilWarning <= 0 && context.state === 'active';
    if (mustAsk || untilEnd <= 0 || isApproached) await ask();
    else settle();
  };

  const settle = (isAnswered = isReachable): void => {
    isReachable = isAnswered;
    noticeJump(context);
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
    // A clock that was set says nothing.
    else if (state === 'active' && context.hasJumped && !isClosed) void ask();
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
