// How long the policy allows to do nothing, and to be signed in: learned from what is left.
import type { EndReason, Remaining } from '../session.js';

export class PolicyLengths {
  readonly #longest: Partial<Record<EndReason, number>> = {};

  /** The longest ever seen ahead, in whole seconds, since an answer is a moment on its way. */
  learn({ idleMs, absoluteMs }: Remaining): void {
    this.#keep('idle', idleMs);
    this.#keep('absolute', absoluteMs);
  }

  /** Milliseconds; 0 for an end that is about no length. */
  of(reason: EndReason): number {
    return this.#longest[reason] ?? 0;
  }

  #keep(reason: EndReason, ms: number): void {
    this.#longest[reason] = Math.max(this.of(reason), Math.round(ms / 1000) * 1000);
  }
}
