// The server's word that the session has ended, over one stream for all tabs of a browser.
import { isHidden, pause, type Page } from '../page.js';
import type { Message } from '../tabs/tabs.js';
import { readEventStream } from './event-stream.js';

export interface PushHooks {
  listen(signal: AbortSignal): Promise<Response>;
  post(message: Message): void;
  /** @param code in the words of a 401 */
  ended(code: string): unknown;
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
export class Push {
  #isOn = false;
  #term: Term | null = null;
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly page: Page,
    private readonly lock: string,
    private readonly hooks: PushHooks,
  ) {}

  start(): void {
    if (this.#isOn) return;
    this.#isOn = true;
    if (!this.page.navigator.locks) this.hooks.lost();
    this.#awaitBeat(longestSilenceMs);
    if (!isHidden(this.page)) this.#ask();
  }

  stop(): void {
    this.#isOn = false;
    this.#leave();
    clearTimeout(this.#silence);
  }

  /** The page was shown or hidden. */
  turn(): void {
    if (!this.#isOn) return;
    if (!isHidden(this.page)) {
      // What a stopped tab was sent meanwhile comes within the first second.
      this.#awaitBeat(1_000);
      this.#ask();
    } else if (!this.#term?.isLeading) this.#leave();
  }

  hear(message: Message): void {
    if (!this.#isOn) return;
    if (message.t === 'want' && isHidden(this.page)) this.#leave();
    if (message.t !== 'beat') return;
    this.#awaitBeat(longestSilenceMs);
    if (message.hidden && this.#term) this.hooks.post({ t: 'want' });
  }

  #leave(): void {
    this.#term?.abort.abort();
    this.#term = null;
  }

  #awaitBeat(ms: number): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      if (isHidden(this.page) || this.#term?.isLeading) return;
      this.#leave();
      this.#ask(true);
    }, ms);
  }

  #ask(steal = false): void {
    const { locks } = this.page.navigator;
    if (!locks || this.#term) return;
    const term: Term = { abort: new AbortController(), isLeading: false };
    this.#term = term;
    this.hooks.post({ t: 'want' });
    const how = steal ? { steal } : { signal: term.abort.signal };
    locks
      .request(this.lock, how, () => this.#lead(term))
      .catch(() => undefined)
      .finally(() => {
        // Given back, or stolen while this tab was stopped.
        term.abort.abort();
        if (this.#term !== term) return;
        this.#term = null;
        if (this.#isOn && term.isLeading && !isHidden(this.page)) this.#ask();
      });
  }

  async #lead(term: Term): Promise<void> {
    const { signal } = term.abort;
    term.isLeading = !signal.aborted;
    const beat = (): void => this.hooks.post({ t: 'beat', hidden: isHidden(this.page) });
    const beats = setInterval(beat, beatMs);
    beat();
    let failed = 0;
    while (!signal.aborted) {
      const open = (cut: AbortSignal): Promise<Response> => this.hooks.listen(cut);
      const isOpened = await readEventStream(open, signal, beat, ({ event, data }) => {
        if (event === 'ended') this.hooks.ended(codeIn(data));
      });
      failed = isOpened ? 0 : failed + 1;
      if (failed === attemptsBeforeLost) this.hooks.lost();
      await Promise.race([pause(pauseAfter(failed)), aborted(signal)]);
    }
    clearInterval(beats);
  }
}

/** 1 s doubled up to 30 s, and spread: a server that comes back is not met by everybody at once. */
function pauseAfter(failed: number): number {
  const [random = 0] = crypto.getRandomValues(new Uint8Array(1));
  return Math.min(longestPauseMs, 1_000 * 2 ** failed) * (0.5 + random / 512);
}

const aborted = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener('abort', resolve, { once: true });
  });

function codeIn(data: string): string {
  try {
    return String((JSON.parse(data) as { code: unknown }).code);
  } catch {
    return '';
  }
}
