/** All latencies of one measurement, kept whole: a few hundred thousand numbers at most. */
export interface Percentiles {
  /** In milliseconds. */
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

export class Latencies {
  private kept = new Float64Array(65_536);
  private length = 0;

  get count(): number {
    return this.length;
  }

  add(ms: number): void {
    if (this.length === this.kept.length) {
      const larger = new Float64Array(this.length * 2);
      larger.set(this.kept);
      this.kept = larger;
    }
    this.kept[this.length++] = ms;
  }

  percentiles(): Percentiles {
    const sorted = this.kept.slice(0, this.length).sort();
    const at = (share: number): number =>
      round(sorted[Math.min(this.length - 1, Math.floor(share * this.length))] ?? NaN);
    return { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
  }
}

export const round = (value: number, digits = 4): number =>
  Number.isFinite(value) ? Number(value.toFixed(digits)) : value;
