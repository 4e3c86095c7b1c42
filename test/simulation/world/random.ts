// Chance with a seed: the same seed gives the same run, event by event.

// Looked up once: in a test's context each look-up of a global is a detour.
const { floor, imul } = Math;

/** mulberry32: small, fast, and good enough to shuffle messages with. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  }

  /** From 0 to less than 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = this.state;
    mixed = imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  chance(probability: number): boolean {
    return probability > 0 && this.next() < probability;
  }

  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  /** A whole number from `least` to `most`. */
  whole(least: number, most: number): number {
    return floor(this.between(least, most + 1));
  }

  pick<T>(list: readonly T[]): T {
    const picked = list[floor(this.next() * list.length)];
    if (picked === undefined) throw new Error('nothing to pick from');
    return picked;
  }
}
