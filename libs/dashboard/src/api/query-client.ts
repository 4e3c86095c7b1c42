// How lists are kept fresh, and what of that counts as somebody being there: nothing.
import { QueryClient, type QueryKey } from '@tanstack/react-query';
import { isLivePaused } from '../live/live.js';
import { passive } from './api.js';
import { isOffline, ProblemError } from './problem-error.js';

const refreshMs = 15_000;
const attempts = 2;

/** A refusal stays one however often it is asked. */
const mayPass = (error: unknown): boolean =>
  isOffline(error) || (error instanceof ProblemError && error.status >= 500);

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // "Offline" is what a request finds, not what a browser believes.
      networkMode: 'always',
      staleTime: 1_000,
      retry: (count, error) => count < attempts && mayPass(error),
      retryDelay: (attempt) => 500 * 2 ** attempt,
      // For what no event tells of. Not in a hidden tab.
      refetchInterval: () => (isLivePaused() ? false : refreshMs),
      refetchIntervalInBackground: false,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

/**
 * How a query asks: its first time somebody wants to see it, and from then on the page only keeps it
 * fresh, which must not keep a forgotten session alive.
 */
export function asking({ queryKey, signal }: { queryKey: QueryKey; signal: AbortSignal }): {
  signal: AbortSignal;
  fetch?: (request: Request) => Promise<Response>;
} {
  const isRefresh = queryClient.getQueryData(queryKey) !== undefined;
  return isRefresh ? { signal, ...passive } : { signal };
}
