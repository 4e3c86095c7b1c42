import type { Subject, SubjectVersion } from '../subject.js';

/** A version together with what proves how old it is. */
export interface StoredVersion extends SubjectVersion {
  /** The last event its reader had applied when the read began. */
  readonly number: number;
  /** When it was read, by that node's wall clock, in milliseconds. */
  readonly at: number;
}

/**
 * Versions that nodes keep for each other. Not trusted: a record may be old, repeated or gone, so it
 * counts only where it proves itself by its `number`. Calls are over in 150 ms, and an error is a miss.
 */
export abstract class SecondLevel {
  abstract get(log: string, subject: Subject): Promise<StoredVersion | null>;
  /** Not waited for, and may not happen. */
  abstract set(log: string, subject: Subject, version: StoredVersion): void;
}
