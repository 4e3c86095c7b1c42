/** How many sessions were live at moments of the past, from when each began and when it was over. */

/** So many that began in one stretch between two moments, and were over in another. */
export interface Lifetimes {
  /** The number of the first moment at which they had begun. */
  readonly begun: number;
  /** The number of the first moment at which they were over. */
  readonly over: number;
  readonly n: number;
}

/** @param read groups them in the database: its answer does not grow with the sessions. */
export async function liveThen(
  moments: readonly Date[],
  read: (first: Date, stepMs: number) => Promise<readonly Lifetimes[]>,
): Promise<readonly number[]> {
  const [first, second] = moments;
  if (first === undefined) return [];
  const stepMs = second === undefined ? 1 : second.getTime() - first.getTime();
  const lifetimes = await read(first, stepMs);
  return moments.map((_, index) =>
    lifetimes
      .filter(({ begun, over }) => begun <= index && index < over)
      .reduce((sum, { n }) => sum + n, 0),
  );
}
