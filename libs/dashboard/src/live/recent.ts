// The newest entries that came over the stream, for as long as somebody is signed in.
import { useSyncExternalStore } from 'react';
import type { AuditEntry } from '../api/api.js';
import { onEntry } from './live.js';

const kept = 500;

let entries: readonly AuditEntry[] = [];
const listeners = new Set<() => void>();

function set(next: readonly AuditEntry[]): void {
  entries = next;
  for (const listener of listeners) listener();
}

/** Newest first. */
export function collectRecent(): () => void {
  const stop = onEntry((entry) => set([entry, ...entries].slice(0, kept)));
  return () => {
    stop();
    set([]);
  };
}

export const clearRecent = (): void => set([]);

export const useRecent = (): readonly AuditEntry[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => entries,
  );
