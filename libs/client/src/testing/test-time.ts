// Time in a unit test: the machine's, which may sleep, a clock that may be wrong, and the server's.
import type { ClientClock } from '../session-client.js';

/** Jest's, handed in by the spec. */
export interface FakeTimers {
  useFakeTimers(options: object): unknown;
  useRealTimers(): unknown;
  advanceTimersByTimeAsync(ms: number): Promise<void>;
}

export class TestTime {
  constructor(private readonly timers: FakeTimers) {}

  private slept = 0;
  private wrongBy = 0;

  /** What is true, and what the server goes by. */
  now(): number {
    return Date.now() + this.slept;
  }

  /** The machine's clocks: timers and `monotonic` stand still in sleep. */
  readonly clock: ClientClock = {
    now: () => this.now() + this.wrongBy,
    monotonic: () => Date.now(),
  };

  /** Somebody sets the machine's clock, or it was wrong all along. */
  setBy(ms: number): void {
    this.wrongBy += ms;
  }

  /** The lid is closed for so long: no timer fires. */
  sleep(ms: number): void {
    this.slept += ms;
  }

  pass(ms: number): Promise<void> {
    return this.timers.advanceTimersByTimeAsync(ms);
  }
}
