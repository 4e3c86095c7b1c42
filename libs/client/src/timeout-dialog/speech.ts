// When a screen reader is told how much time is left: seldom enough to be heard out.

/** `final`: from here on only that it is less than twenty seconds. */
export type Milestone = 'time' | 'final';

const finalBelow = 20;

/**
 * What there is to say now that the time went from `before` to `now` (whole seconds): each whole
 * minute, 40 and 20 seconds, and once below that. After a jump over several, one is said.
 */
export function milestone(before: number, now: number): Milestone | null {
  if (now >= before) return null;
  if (now < finalBelow) return before >= finalBelow ? 'final' : null;
  const marks = [20, 40, Math.ceil(now / 60) * 60];
  return marks.some((mark) => now <= mark && mark < before) ? 'time' : null;
}
