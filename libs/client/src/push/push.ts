// The server's word that the session has ended, over one stream for all tabs of a browser.
import { isHidden, pause, type Page } from '../page.js';
import type { Message, Push } from '../session/context.js';
import { readEventStream } from './event-stream.js';

export interface PushHooks {
  listen(signal: AbortSignal): Promise<Response>;
  post(message: Message): void;
  ended(): unknown;
  lost(): void;
}

/** A holder that was not heard for so long is stopped: a visible tab takes the lock from it. */
const longestSilenceMs = 20_000;
const beatMs = 10_000;
const longestPauseMs = 30_000;
const attemptsBeforeLost = 3;

/** Asking for the lock, and later holding it: aborted when it is given back. */
interface Term {
  readonly abort: AbortController;
  isLeading: boolean;
}

/**
 * Six streams over HTTP/1.1 are all the connections a browser has for a server, so a Web Lock elects
 * one tab to hold one. The lock is for nothing else: a stopped tab keeps it.
 */
export function createPush(page: Page, lock: string, hooks: PushHooks): Push {
  const { locks } = page.navigator;
  let isOn = false;
  let term: Term | null = null;
  let silence: ReturnType<typeof setTimeout> | undefined;

  const leave = (): void => {
    term?.abort.abort();
    term = null;
  };
  const awaitBeat = (ms: number): void => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      if (isHidden(page) || term?.isLeading) return;
      leave();
      ask(true);
    }, ms);
  };
  const ask = (steal = false): void => {
    if (!locks || term) return;
    const own: Term = (term = { abort: new AbortController(), isLeading: false });
    hooks.post({ t: 'want' });
    const how = steal ? { steal } : { signal: own.abort.signal };
    void hold(locks, lock, how, own, () => lead(own, hooks, page)).then(() => {
      if (term !== own) return;
      term = null;
      if (isOn && own.isLeading && !isHidden(page)) ask();
    });
  };

  return {
    start: () => {
      if (isOn) return;
      isOn = true;
      if (!locks) hooks.lost();
      awaitBeat(longestSilenceMs);
      if (!isHidden(page)) ask();
    },
    stop: () => {
      isOn = false;
      leave();
      clearTimeout(silence);
    },
    turn: () => {
      if (!isOn) return;
      if (!isHidden(page)) {
        // What a stopped tab was sent meanwhile comes within the first second.
        awaitBeat(1_000);
        ask();
      } else if (!term?.isLeading) leave();
    },
    hear: (message) => {
      if (!isOn) return;
      if (message.t === 'want' && isHidden(page)) leave();
      if (message.t !== 'beat') return;
      awaitBeat(longestSilenceMs);
      if (message.hidden && term) hooks.post({ t: 'want' });
    },
  };
}

/** Resolves when the lock was given back, was stolen while this tab was stopped, or is not wanted any more. */
async function hold(
  locks: Pick<LockManager, 'request'>,
  lock: string,
  how: LockOptions,
  term: Term,
  action: () => Promise<void>,
): Promise<void> {
  try {
    await locks.request(lock, how, action);
  } catch {
    // As good as given back.
  }
  term.abort.abort();
}

/** Holds the lock as long as the promise is open. */
async function lead(term: Term, hooks: PushHooks, page: Page): Promise<void> {
  const { signal } = term.abort;
  term.isLeading = !signal.aborted;
  const beat = (): void => hooks.post({ t: 'beat', hidden: isHidden(page) });
  const beats = setInterval(beat, beatMs);
  const aborted = new Promise((resolve) => {
    signal.addEventListener('abort', resolve);
  });
  beat();
  let failed = 0;
  while (!signal.aborted) {
    const isOpened = await readEventStream(
      (cut) => hooks.listen(cut),
      signal,
      beat,
      ({ event }) => {
        if (event === 'ended') hooks.ended();
      },
    );
    failed = isOpened ? 0 : failed + 1;
    if (failed === attemptsBeforeLost) hooks.lost();
    await Promise.race([pause(pauseAfter(failed)), aborted]);
  }
  clearInterval(beats);
}

/** 1 s doubled up to 30 s, and spread: a server that comes back is not met by everybody at once. */
function pauseAfter(failed: number): number {
  const [random = 0] = crypto.getRandomValues(new Uint8Array(1));
  return Math.min(longestPauseMs, 1_000 * 2 ** failed) * (0.5 + random / 512);
}
