import type { SigningKey } from './signing-key.js';

export interface KeySet {
  /** Grows with each save; 0 before the first. */
  readonly revision: number;
  readonly keys: readonly SigningKey[];
}

/**
 * Where the whole key set is kept, as one document: rotation moves several keys at once, and two
 * nodes that start together must agree on one set.
 */
export abstract class KeysStore {
  /** From the primary, now. */
  abstract load(): Promise<KeySet>;
  /** Replaces the set only while it is still at `revision`; false when another node was first. */
  abstract save(revision: number, keys: readonly SigningKey[]): Promise<boolean>;
}
