// What an action came to that ended the operator's own session with it: the sign-in form shows it, as
// the dialog is gone by then.
import { useSyncExternalStore } from 'react';
import type { Outcome } from './action.js';

let last: Outcome | null = null;
const listeners = new Set<() => void>();

export function keepOutcome(outcome: Outcome | null): void {
  last = outcome;
  for (const listener of listeners) listener();
}

export const useLastOutcome = (): Outcome | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => last,
  );
