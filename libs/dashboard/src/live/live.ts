// What happens on the server, as it happens: one stream for each visible tab, always passive. In a
// hidden tab it is let go, so that many tabs do not take a browser's few connections, and what was
// missed is sent again when somebody looks.
import { useSyncExternalStore } from 'react';
import type { AuditEntry } from '../api/api.js';
import { session } from '../session/session.js';
import { readEvents } from './read-events.js';

export type LiveStatus = 'off' | 'paused' | 'connecting' | 'live' | 'lost';

type Listener = (entry: AuditEntry) => void;

const firstRetryMs = 1_000;
const lastRetryMs = 30_000;
const remembered = 2_000;

let status: LiveStatus = 'off';
let isWanted = false;
let isPaused = false;
let attempt = 0;
let lastEventId: string | null = null;
let connection: AbortController | null = null;
let retry: ReturnType<typeof setTimeout> | undefined;
const seen = new Set<string>();
const listeners = new Set<Listener>();
const gapListeners = new Set<() => void>();
const statusListeners = new Set<() => void>();

function set(next: LiveStatus): void {
  status = next;
  for (const listener of statusListeners) listener();
}

/** For as long as somebody is signed in. */
export function startLive(): () => void {
  isWanted = true;
  arrange();
  document.addEventListener('visibilitychange', arrange);
  return () => {
    isWanted = false;
    lastEventId = null;
    document.removeEventListener('visibilitychange', arrange);
    arrange();
  };
}

export function pauseLive(paused: boolean): void {
  isPaused = paused;
  arrange();
}

export const isLivePaused = (): boolean => isPaused;

export function onEntry(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** More was missed than is sent again: read the lists. */
export function onGap(listener: () => void): () => void {
  gapListeners.add(listener);
  return () => gapListeners.delete(listener);
}

export const useLiveStatus = (): LiveStatus =>
  useSyncExternalStore(
    (listener) => {
      statusListeners.add(listener);
      return () => statusListeners.delete(listener);
    },
    () => status,
  );

function arrange(): void {
  if (isWanted && !isPaused && !document.hidden) {
    if (connection === null) void connect();
    return;
  }
  clearTimeout(retry);
  connection?.abort();
  connection = null;
  set(isWanted && isPaused ? 'paused' : 'off');
}

async function connect(): Promise<void> {
  clearTimeout(retry);
  const mine = new AbortController();
  connection = mine;
  set('connecting');
  try {
    const response = await session.fetch('/admin/events', {
      headers: {
        accept: 'text/event-stream',
        ...(lastEventId !== null && { 'last-event-id': lastEventId }),
      },
      activity: 'passive',
      signal: mine.signal,
    });
    if (!response.ok || !response.body) throw new Error(`answered ${response.status}`);
    for await (const { event, data, id } of readEvents(response.body)) take(event, data, id);
  } catch {
    // However it ended, it is opened again below, if it is wanted still.
  }
  if (connection !== mine) return;
  connection = null;
  set('lost');
  const wait = Math.min(lastRetryMs, firstRetryMs * 2 ** attempt++);
  retry = setTimeout(arrange, wait);
}

function take(event: string, data: string, id: string | null): void {
  attempt = 0;
  if (id !== null) lastEventId = id;
  if (event === 'ready') set('live');
  else if (event === 'gap') for (const listener of gapListeners) listener();
  else if (event === 'ended') void session.check().catch(() => undefined);
  else if (event === 'audit') tell(JSON.parse(data) as AuditEntry);
}

/** Once: after a reconnect an entry may come again. */
function tell(entry: AuditEntry): void {
  if (seen.has(entry.id)) return;
  seen.add(entry.id);
  if (seen.size > remembered) seen.delete([...seen][0] ?? '');
  for (const listener of listeners) listener(entry);
}
