// When an end that nobody can put off is announced: five minutes before, and once more when it is near.

const leadMs = 300_000;
const lastMs = 60_000;

export class Reminder {
  #ms = leadMs;

  /** How long the next announcement is away; not above zero when it is due. */
  away(msLeft: number): number {
    return msLeft - this.#ms;
  }

  dismiss(msLeft: number): void {
    this.#ms = msLeft > lastMs ? lastMs : -Infinity;
  }

  reset(): void {
    this.#ms = leadMs;
  }
}
