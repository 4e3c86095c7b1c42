import type { Clock } from '../clock.js';

/** After this many failures in a row a service is left alone for this long. */
const maxFailures = 5;
const pauseMs = 1000;

/** Keeps a service that is down or slow from costing every request its time-out. */
export class CircuitBreaker {
  private failures = 0;
  private openedAt = -Infinity;

  constructor(private readonly clock: Clock) {}

  get isOpen(): boolean {
    const elapsed = this.clock.now() - this.openedAt;
    // A clock that was set back must not leave it open for as long as that.
    return elapsed >= 0 && elapsed < pauseMs;
  }

  succeeded(): void {
    this.failures = 0;
    this.openedAt = -Infinity;
  }

  /** The failures are kept while it is open, so that the first one after the pause opens it again. */
  failed(): void {
    this.failures += 1;
    if (this.failures >= maxFailures) this.openedAt = this.clock.now();
  }
}
