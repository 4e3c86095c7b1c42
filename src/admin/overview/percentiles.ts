export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** By nearest rank: each is a value that was measured. Null of nothing. */
export function percentilesOf(values: readonly number[]): Percentiles | null {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return sorted.length === 0 ? null : { p50: at(0.5), p95: at(0.95), max: at(1) };
}
