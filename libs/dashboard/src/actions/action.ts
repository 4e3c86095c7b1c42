// Something an operator can do that others feel: what is asked before it, and what is said after it.
import type { ReactNode } from 'react';
import type { BulkRow, Revocation } from '../api/api.js';

/** What the server said. Nothing on the page changes before it has. */
export interface Outcome {
  /** "mia@example.com is suspended" */
  readonly headline: string;
  readonly revocation?: Revocation;
  /** One result for each, when there were many. */
  readonly rows?: readonly BulkRow[];
  /** What only this answer shows, and once. */
  readonly once?: ReactNode;
}

export interface Action {
  /** Names the thing: "Suspend mia@example.com?" */
  readonly title: string;
  /** What will be, for whom, and for how many. */
  readonly consequence: ReactNode;
  /** On the button. */
  readonly verb: string;
  /** While it is under way: "Suspending…" */
  readonly working: string;
  readonly isDanger: boolean;
  readonly reason: 'required' | 'none';
  /** For what ends the sessions of many: counted by the server first, then typed by hand. */
  readonly count?: () => Promise<number>;
  readonly run: (given: Given) => Promise<Outcome>;
  /** Names of rows, for their results. */
  readonly nameOf?: (id: string) => string;
  readonly onDone?: (outcome: Outcome) => void;
}

export interface Given {
  readonly reason: string;
  /** What was counted and typed. */
  readonly count: number;
}
