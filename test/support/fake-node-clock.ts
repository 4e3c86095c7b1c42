import { NodeClock } from '@portcullis/auth';
import { settled } from './settled.js';

interface Timer {
  readonly at: number;
  readonly callBack: () => void;
}

/** Both clocks of a machine, which go only when a test says so, and the timers that stand by them. */
export class FakeNodeClock extends NodeClock {
  private readonly timers = new Set<Timer>();

  constructor(
    private monotonicMs = 1_000,
    private wallMs = Date.UTC(2026, 0, 1),
  ) {
    super();
  }

  override monotonic(): number {
    return this.monotonicMs;
  }

  override wall(): number {
    return this.wallMs;
  }

  override after(ms: number, callBack: () => void): () => void {
    const timer = { at: this.monotonicMs + ms, callBack };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** How many have not fired and were not taken back. */
  get timersLeft(): number {
    return this.timers.size;
  }

  /** How long until the next one fires; null when there is none. */
  get nextTimerInMs(): number | null {
    const next = this.due(Infinity);
    return next === undefined ? null : next.at - this.monotonicMs;
  }

  /** Both clocks go on, and what is due on the way is called at its time. */
  advance(ms: number): void {
    const end = this.monotonicMs + ms;
    for (let next = this.due(end); next !== undefined; next = this.due(end)) this.fire(next);
    this.goTo(end);
  }

  /** The same, and after each timer everything that follows from it happens before the next one. */
  async elapse(ms: number): Promise<void> {
    await settled();
    const end = this.monotonicMs + ms;
    for (let next = this.due(end); next !== undefined; next = this.due(end)) {
      this.fire(next);
      await settled();
    }
    this.goTo(end);
    await settled();
  }

  /** The process was stopped: time went by, and no timer has fired yet. */
  stop(ms: number, { ofMonotonic = ms, ofWall = ms } = {}): void {
    this.monotonicMs += ofMonotonic;
    this.wallMs += ofWall;
  }

  private due(end: number): Timer | undefined {
    return [...this.timers].sort((a, b) => a.at - b.at).find(({ at }) => at <= end);
  }

  private fire(timer: Timer): void {
    this.timers.delete(timer);
    this.goTo(Math.max(timer.at, this.monotonicMs));
    timer.callBack();
  }

  private goTo(monotonic: number): void {
    const ms = Math.max(0, monotonic - this.monotonicMs);
    this.wallMs += ms;
    this.monotonicMs += ms;
  }
}
