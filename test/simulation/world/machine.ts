// One process and the machine under it: its two clocks, its timers, and everything that can stop it.
import { NodeClock } from '../../../libs/auth/src/revocation/node.clock.js';
import type { Scheduler } from './scheduler.js';

export interface ClockRates {
  /** Of the monotonic and of the wall clock: 1 is true, and they are within 1 %. */
  readonly monotonic: number;
  readonly wall: number;
}

/** What may befall a process between any two of its steps. */
export interface Mishaps {
  /** Asked whenever it is about to send something, and again when it has. */
  atStep(machine: Machine, step: string): void;
  /** In which order what has waited is done. */
  shuffleMs(): number;
}

/** Some day in 2024, so that wall clocks look like wall clocks. */
export const epochMs = 1_710_000_000_000;
/** A real timer does not fire sooner. */
const leastTimerMs = 1;

export class Machine extends NodeClock {
  isAlive = true;
  private resumesAt = 0;
  private readonly waiting: (() => void)[] = [];
  private stoodStillMs = 0;
  private wallOffsetMs = 0;

  constructor(
    readonly name: string,
    private readonly scheduler: Scheduler,
    private readonly rates: ClockRates,
    private readonly mishaps: Mishaps,
  ) {
    super();
  }

  get isPaused(): boolean {
    return this.resumesAt > this.scheduler.now;
  }

  override monotonic(): number {
    return 1000 + (this.scheduler.now - this.stoodStillMs) * this.rates.monotonic;
  }

  override wall(): number {
    return epochMs + this.wallOffsetMs + this.scheduler.now * this.rates.wall;
  }

  override after(ms: number, callBack: () => void): () => void {
    let isWanted = true;
    const due = this.monotonic() + (ms > leastTimerMs ? ms : leastTimerMs);
    const fire = (): void => {
      if (!isWanted) return;
      const left = due - this.monotonic();
      // The machine was suspended meanwhile: its timers have stood still too.
      if (left > 0.001) wait(left);
      else callBack();
    };
    const wait = (left: number): void => {
      const task = this.scheduler.after(left / this.rates.monotonic, () => this.deliver(fire));
      cancel = () => {
        task.run = null;
      };
    };
    let cancel: () => void = () => undefined;
    wait(due - this.monotonic());
    return () => {
      isWanted = false;
      cancel();
    };
  }

  /** Something reaches this process, now, or when it goes on, or never; it may settle promises. */
  deliver(run: () => void): void {
    this.deliverQuietly(() => {
      this.scheduler.mustDrain = true;
      run();
    });
  }

  /** The same for what settles no promise: nothing has to be waited for after it. */
  deliverQuietly(run: () => void): void {
    if (!this.isAlive) return;
    if (this.isPaused) this.waiting.push(run);
    else run();
  }

  /** The process is about to do `step`, and may not come to it, or much later. */
  step(step: string, run: () => void): void {
    this.mishaps.atStep(this, `before ${step}`);
    this.deliverQuietly(() => {
      run();
      this.mishaps.atStep(this, `after ${step}`);
    });
  }

  /** @param isSuspended the whole machine: its monotonic clock stands still as well. */
  pause(ms: number, isSuspended = false): void {
    if (!this.isAlive || this.isPaused) return;
    this.resumesAt = this.scheduler.now + ms;
    this.scheduler.at(this.resumesAt, () => {
      if (isSuspended) this.stoodStillMs += ms;
      for (const run of this.waiting.splice(0)) {
        this.scheduler.after(this.mishaps.shuffleMs(), () => this.deliverQuietly(run));
      }
    });
  }

  setWallClock(byMs: number): void {
    this.wallOffsetMs += byMs;
  }

  /** `kill -9`: nothing that it was waiting for comes back any more. */
  crash(): void {
    this.isAlive = false;
    this.waiting.length = 0;
  }
}
