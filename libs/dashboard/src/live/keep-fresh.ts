// Reads again what is shown when something has happened: at once when somebody's access changed,
// and not more often than every few seconds for what happens all the time.
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { AuditEntry } from '../api/api.js';
import { onEntry, onGap, startLive } from './live.js';
import { collectRecent } from './recent.js';

const urgentMs = 500;
const ordinaryMs = 5_000;

const isOrdinary = ({ action, revocation }: AuditEntry): boolean =>
  revocation === null && /^(session\.login|user\.register|\w+\.export)$/.test(action);

/** Where the dashboard is. */
export function useKeepFresh(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const refresher = createRefresher(() => void readAgain(queries));
    const stops = [
      startLive(),
      collectRecent(),
      onEntry((entry) => refresher.want(isOrdinary(entry) ? ordinaryMs : urgentMs)),
      onGap(() => refresher.want(urgentMs)),
    ];
    return () => {
      refresher.stop();
      for (const stop of stops) stop();
    };
  }, [queries]);
}

/** What a dialog counted is what was counted: it is confirmed by typing that number. */
const readAgain = (queries: QueryClient): Promise<void> =>
  queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'count' });

interface Refresher {
  /** Refreshes, now if the last time is so long ago, else then. */
  readonly want: (spacingMs: number) => void;
  readonly stop: () => void;
}

function createRefresher(refresh: () => void): Refresher {
  let last = -Infinity;
  let due = Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = (): void => {
    last = performance.now();
    due = Infinity;
    refresh();
  };
  return {
    want(spacingMs) {
      const at = Math.max(performance.now(), last + spacingMs);
      if (at >= due) return;
      due = at;
      clearTimeout(timer);
      timer = setTimeout(run, at - performance.now());
    },
    stop: () => clearTimeout(timer),
  };
}
