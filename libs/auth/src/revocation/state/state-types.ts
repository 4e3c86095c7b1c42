/** What goes into a node's state, comes out of it, and listens to it. */
import type { Moment } from '../node.clock.js';
import type { NumberedEvent } from '../revocation-log.js';

export interface StateLimits {
  /** Subjects in the first level. @default 100000 */
  readonly maxRecords?: number;
  /** Revoked subjects of the last ten minutes; beyond it the node starts over. @default 200000 */
  readonly maxEvents?: number;
}

/** Told in the same step in which the state changes: before the change can be acknowledged. */
export interface StateListener {
  applied(event: NumberedEvent): void;
  /** Events were missed, and nobody knows whose. */
  missed(): void;
}

/** What a reader knew when it began to read. */
export interface ReadStart {
  readonly number: number;
  readonly gaps: number;
  readonly at: Moment;
}
