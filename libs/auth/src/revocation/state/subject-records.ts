import { Generations } from '../../generations.js';
import type { Subject, SubjectVersion } from '../subject.js';

/** A change that somebody made in the database by hand is met after this long. Not for safety. */
const lifeSeconds = 600;
/** When an entry was set is kept in units of ten seconds, and comes round again after almost three hours. */
const slotSeconds = 10;
const slots = 1024;

/**
 * The first level: versions in memory, bounded by count, a number each. It is the version times `slots`
 * and when it was set, and negative for a subject that is not active.
 */
export class SubjectRecords {
  private readonly packed: Generations<Subject, number>;
  private now = 0;
  private turnedAt = 0;

  /** @param max subjects at once. */
  constructor(max: number) {
    this.packed = new Generations(max);
  }

  get size(): number {
    return this.packed.size;
  }

  /** Told from time to time, so that looking one up asks no clock. */
  tick(monotonicMs: number): void {
    this.now = Math.floor(monotonicMs / 1000 / slotSeconds);
    // What nobody asked for in all its life is gone before its time could come round again.
    if (Math.abs(this.now - this.turnedAt) < lifeSeconds / slotSeconds) return;
    this.turnedAt = this.now;
    this.packed.turn();
  }

  /** The version; negative when the subject is not active, 0 when nothing is known of it. */
  standing(subject: Subject): number {
    const packed = this.packed.get(subject);
    if (packed === undefined) return 0;
    const size = packed < 0 ? -packed : packed;
    const age = (this.now - size) & (slots - 1);
    if (age >= lifeSeconds / slotSeconds) return 0;
    const version = Math.floor(size / slots);
    return packed < 0 ? -version : version;
  }

  /** Of a subject that is not active it says no more than that. */
  get(subject: Subject): SubjectVersion | undefined {
    const standing = this.standing(subject);
    if (standing === 0) return undefined;
    return { version: Math.abs(standing), status: standing > 0 ? 'active' : 'inactive' };
  }

  set(subject: Subject, { version, status }: SubjectVersion): void {
    const packed = version * slots + (this.now & (slots - 1));
    this.packed.set(subject, status === 'active' ? packed : -packed);
  }

  delete(subject: Subject): void {
    this.packed.delete(subject);
  }

  clear(): void {
    this.packed.clear();
  }
}
