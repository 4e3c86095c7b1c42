// Which of its phases the dialog should be in, by what the client says.
import type { SessionClient } from '../session-client.js';
import type { Remaining } from '../session.js';
import type { Reminder } from './reminder.js';
import type { Phase } from './texts.js';

/** @param now the phase at hand. @param left null: it is over, and why is not told yet. */
export function phaseDue(
  { state }: SessionClient,
  now: Phase,
  left: Remaining | null,
  ms: number,
  reminder: Reminder,
): Phase {
  if (state === 'unknown') return state;
  if (left && (state === 'active' || state === 'starting')) {
    reminder.reset();
    return 'closed';
  }
  // What is open stays as it is until the answer, and at zero until the client has said what comes.
  const isPending = state === 'extending' || !ms;
  if (!left || (isPending && now !== 'closed')) return now;
  if (!left.extendable) return reminder.away(ms) > 0 ? 'closed' : 'absolute';
  reminder.reset();
  return 'warning';
}
