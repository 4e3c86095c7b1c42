/**
 * A map that is bounded by count and keeps what is used. Two generations instead of a linked list, which
 * would cost each entry two pointers more: what is used moves to the young one, and when that is full the
 * old one goes, with what nobody used. At least the last half of `max` is always there.
 */
export class Generations<Key, Value> {
  private young = new Map<Key, Value>();
  private old = new Map<Key, Value>();

  /** @param max entries in both generations together. */
  constructor(private readonly max: number) {}

  get size(): number {
    return this.young.size + this.old.size;
  }

  get(key: Key): Value | undefined {
    const value = this.young.get(key);
    return value === undefined ? this.rescue(key) : value;
  }

  set(key: Key, value: Value): void {
    this.old.delete(key);
    this.young.set(key, value);
    if (this.young.size >= this.max / 2) this.turn();
  }

  delete(key: Key): void {
    this.young.delete(key);
    this.old.delete(key);
  }

  clear(): void {
    this.young.clear();
    this.old.clear();
  }

  /** Drops what was not used since the last time. */
  turn(): void {
    this.old = this.young;
    this.young = new Map();
  }

  private rescue(key: Key): Value | undefined {
    const value = this.old.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }
}
