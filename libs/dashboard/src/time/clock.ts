// The time, as the server has it: an operator's own clock may be minutes off.

let offsetMs = 0;

/** From the `Date` of an answer, which is the server's clock to the second. */
export function learnServerTime(date: string | null): void {
  const server = date === null ? NaN : Date.parse(date);
  if (!Number.isNaN(server)) {
    // Within a second both are right, and a display must not jump about for it.
    const found = server - Date.now();
    offsetMs = Math.abs(found) < 1500 ? 0 : found;
  }
}

export const now = (): number => Date.now() + offsetMs;

export interface Ticker {
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => number;
}

/** Beats while somebody looks: not in a hidden tab, and not when nothing shows the time. */
export function createTicker(everyMs: number): Ticker {
  const listeners = new Set<() => void>();
  let current = now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const beat = (): void => {
    current = now();
    for (const listener of listeners) listener();
  };
  const arrange = (): void => {
    const isWanted = listeners.size > 0 && !document.hidden;
    if (isWanted && timer === undefined) {
      timer = setInterval(beat, everyMs);
      beat();
    } else if (!isWanted && timer !== undefined) {
      clearInterval(timer);
      timer = undefined;
    }
  };
  document.addEventListener('visibilitychange', arrange);
  return {
    subscribe(listener) {
      listeners.add(listener);
      arrange();
      return () => {
        listeners.delete(listener);
        arrange();
      };
    },
    read: () => current,
  };
}

/** An instant as a field for date and time wants it: here, to the minute. '' for none. */
export function toInputTime(instant: string): string {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) return '';
  const local = new Date(time - new Date(time).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** And back. */
export function toInstant(inputTime: string): string {
  const time = Date.parse(inputTime);
  return Number.isNaN(time) ? '' : new Date(time).toISOString();
}
