// What the dialog says in each of its phases. Pure: facts in, texts out.
import type { SessionEnded } from '../session-events.js';
import type { TimeoutLabels } from './labels.js';

/**
 * `warning`: can be put off. `absolute`: cannot. `unknown`: the time is up, and the server cannot be
 * asked. `ended`: nobody is signed in any more.
 */
export type Phase = 'closed' | 'warning' | 'absolute' | 'unknown' | 'ended';

export interface Texts {
  readonly title: string;
  readonly message: string;
  /** The words in the message that are the time; '' if there is none. */
  readonly time: string;
  readonly primary: string;
  /** By which name the first button is styled. */
  readonly part: 'stay' | 'back' | 'sign-in';
}

/** What is kept of an end: why, and how long the policy had allowed, 0 if that is not known. */
export type Ended = Pick<SessionEnded, 'reason' | 'allowedMs'>;

/** `ms`: until the end. */
export function textsOf(
  phase: Phase,
  labels: TimeoutLabels,
  language: string,
  ms: number,
  ended: Ended,
): Texts {
  const told = phase === 'ended' ? ended.allowedMs : ms;
  // Zero is never shown: in the last second there is no time to speak of.
  const time = told >= 1000 ? labels.time(told, language) : '';
  const { title, messageFinal } = labels;
  if (phase === 'ended') {
    const message = labels.ended(ended.reason, time);
    return { title: labels.endedTitle, message, time, primary: labels.signIn, part: 'sign-in' };
  }
  if (phase === 'absolute') {
    const message = time ? labels.absoluteMessage(time) : messageFinal;
    return { title, message, time, primary: labels.goBack, part: 'back' };
  }
  const inTime = time ? labels.message(time) : messageFinal;
  const message = phase === 'unknown' ? labels.unreachable : inTime;
  return { title, message, time, primary: labels.stay, part: 'stay' };
}
