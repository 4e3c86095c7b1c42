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
  /**
   * Replaces the set only while it is still at `revision`, and (the commit of a revoke) the clock of
   * where it is kept is before `notAfter`. False when another node was first, or this came too late;
   * before the first save there is nothing to revoke, so with `notAfter` false as well.
   */
  abstract save(revision: number, keys: readonly SigningKey[], notAfter?: Date): Promise<boolean>;
}
