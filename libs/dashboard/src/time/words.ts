// Moments and durations in words, in the language and the zone of the person who reads them.

const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const exact = new Intl.DateTimeFormat(undefined, {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
});

/** "3 minutes ago", "in 2 hours"; under a minute "just now" and "in less than a minute". */
export function toRelative(at: number, now: number): string {
  const difference = at - now;
  for (const [unit, size] of units) {
    if (Math.abs(difference) >= size) return relative.format(Math.trunc(difference / size), unit);
  }
  return difference > 5_000 ? 'in less than a minute' : 'just now';
}

/** With the name of the zone: the log that it is compared with is in another. */
export const toExact = (at: number): string => exact.format(at);

const parts: readonly [Intl.NumberFormatOptions['unit'], number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

const list = new Intl.ListFormat('en', { type: 'unit', style: 'narrow' });

/** The two largest parts: "2 hr 5 min", "9 min 40 sec". */
export function toDuration(seconds: number): string {
  let left = Math.max(0, Math.floor(seconds));
  const words: string[] = [];
  for (const [unit, size] of parts) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) {
      const format = new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'short' });
      words.push(format.format(count));
    }
  }
  return words.length === 0 ? '0 sec' : list.format(words.slice(0, 2));
}

/** Milliseconds as they are spoken of: "9 ms", "1.2 s". */
export function toMilliseconds(ms: number): string {
  if (ms < 1000) return `${String(Math.round(ms))} ms`;
  return `${(ms / 1000).toFixed(1)} s`;
}
