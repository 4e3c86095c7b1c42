// The server's clock in a test with a real browser: it runs, far from the browser's, and can be put forward.
import { Clock } from '@portcullis/auth';

export class RunningClock extends Clock {
  private ahead = Date.UTC(2026, 0, 1) - performance.timeOrigin;

  override now(): number {
    return Math.floor(performance.timeOrigin + performance.now() + this.ahead);
  }

  advance(ms: number): void {
    this.ahead += ms;
  }
}
