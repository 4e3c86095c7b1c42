import type { Subject, SubjectVersion } from '../subject.js';

interface Entry extends SubjectVersion {
  /** Whole seconds: a small integer needs no heap. */
  readonly goodUntil: number;
}

/** A change that somebody made in the database by hand is met after this long. Not for safety. */
const lifeSeconds = 600;

/**
 * The first level: versions in memory, bounded by count. Two generations instead of a linked list: what
 * is used moves to the young one, and when that is full the old one goes, with what nobody used.
 */
export class SubjectRecords {
  private young = new Map<Subject, Entry>();
  private old = new Map<Subject, Entry>();
  private nowSeconds = 0;

  /** @param max subjects in both generations together. */
  constructor(private readonly max: number) {}

  get size(): number {
    return this.young.size + this.old.size;
  }

  /** Told from time to time, so that looking one up asks no clock. */
  tick(monotonicMs: number): void {
    this.nowSeconds = Math.floor(monotonicMs / 1000);
  }

  get(subject: Subject): SubjectVersion | undefined {
    const entry = this.young.get(subject) ?? this.rescue(subject);
    return entry !== undefined && entry.goodUntil > this.nowSeconds ? entry : undefined;
  }

  set(subject: Subject, { version, status }: SubjectVersion): void {
    this.put(subject, { version, status, goodUntil: this.nowSeconds + lifeSeconds });
  }

  delete(subject: Subject): void {
    this.young.delete(subject);
    this.old.delete(subject);
  }

  clear(): void {
    this.young.clear();
    this.old.clear();
  }

  private rescue(subject: Subject): Entry | undefined {
    const entry = this.old.get(subject);
    if (entry !== undefined) this.put(subject, entry);
    return entry;
  }

  private put(subject: Subject, entry: Entry): void {
    this.old.delete(subject);
    this.young.set(subject, entry);
    if (this.young.size < this.max / 2) return;
    this.old = this.young;
    this.young = new Map();
  }
}
