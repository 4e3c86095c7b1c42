import { Clock } from '@portcullis/auth';

/** A clock that goes only when a test says so. */
export class FakeClock extends Clock {
  constructor(private ms = Date.UTC(2026, 0, 1)) {
    super();
  }

  override now(): number {
    return this.ms;
  }

  set(ms: number): void {
    this.ms = ms;
  }

  advance(ms: number): void {
    this.ms += ms;
  }
}
