// Every text of the dialog, in English. An application in another language gives its own.
import type { EndReason } from '../session.js';
import { timeInWords } from './time-words.js';

/** Texts with a time get it in words ("1 minute, 40 seconds") and are whole sentences around it. */
export interface TimeoutLabels {
  /** The words for a length of time. Default: those of `Intl`. */
  readonly time: (ms: number, language: string) => string;
  readonly title: string;
  readonly message: (time: string) => string;
  /** Spoken once when less than 20 seconds are left, and shown in the last one. */
  readonly messageFinal: string;
  /** When nothing can be extended any more: says that work must be saved, and how to sign in again. */
  readonly absoluteMessage: (time: string) => string;
  readonly stay: string;
  readonly signOut: string;
  /** Beside `absoluteMessage`: closes the dialog, so that work can be saved. */
  readonly goBack: string;
  readonly working: string;
  /** Spoken once after "Stay signed in". */
  readonly stayed: string;
  readonly failed: string;
  readonly offline: string;
  /** The time is up by this clock, and the server could not be asked. */
  readonly unreachable: string;
  readonly tabTitle: (time: string, title: string) => string;
  readonly endedTitle: string;
  /** Why it ended. `time`: how long nobody used the page (`idle`) or was signed in (`absolute`), '' if unknown. */
  readonly ended: (reason: EndReason, time: string) => string;
  readonly signIn: string;
}

export const englishLabels: TimeoutLabels = {
  time: timeInWords,
  title: 'You’re about to be signed out',
  message: (time) => `For your security, we will sign you out in ${time}.`,
  messageFinal: 'For your security, we will sign you out in less than 20 seconds.',
  absoluteMessage: (time) =>
    `For your security, we will sign you out in ${time}. Save your work before then. You can sign in again afterwards with your e-mail address and password.`,
  stay: 'Stay signed in',
  signOut: 'Sign out',
  goBack: 'Go back and save',
  working: 'Keeping you signed in…',
  stayed: 'You are still signed in.',
  failed: 'That did not work. Please try again.',
  offline: 'You are offline. Connect to the internet to stay signed in.',
  unreachable: 'You are offline, or the service cannot be reached. We keep trying.',
  tabTitle: (time, title) => `Sign-out in ${time} – ${title}`,
  endedTitle: 'You are signed out',
  ended: (reason, time) =>
    ({
      'signed-out': 'You have signed out.',
      idle: `You were signed out because you did not use the page for ${time || 'a while'}.`,
      absolute: `You have been signed in for ${time || 'a long time'}. Please sign in again.`,
      revoked: 'You were signed out from another place or by an administrator.',
      suspended: 'This account cannot be used at the moment.',
      invalid: 'Please sign in again.',
    })[reason],
  signIn: 'Sign in again',
};
