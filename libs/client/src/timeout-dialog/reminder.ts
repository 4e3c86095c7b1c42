// An end that nobody can put off is announced when the client warns, and once more when it is near.

const lastMs = 60_000;

export class Reminder {
  #ms = Infinity;

  /** How long the next announcement is away; not above zero when it is due. */
  away(msLeft: number): number {
    return msLeft - this.#ms;
  }

  dismiss(msLeft: number): void {
    this.#ms = msLeft > lastMs ? lastMs : -1;
  }

  reset(): void {
    this.#ms = Infinity;
  }
}
