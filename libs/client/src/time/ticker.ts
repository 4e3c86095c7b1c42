// Looks at the time: warns, asks the server when time is up, and after sleep before it says anything.
import type { ClientClock } from '../session-client.js';
import { pause } from '../page.js';
import type { Remaining } from '../session.js';
import type { Core } from '../session/core.js';
import { remainingOf, warningLeadOf } from './deadline.js';

/** What the server said when it was asked. */
export type Peek = 'alive' | 'ended' | 'unreachable';

/** So often at least the clocks are compared: a timer does not notice sleep. */
const longestNapMs = 30_000;
/** More between both clocks than this is sleep, or somebody set the clock. */
const jumpMs = 2_000;
/** On waking up the server is asked at most so often. */
const recheckMs = 30_000;
/** What is shown waits no longer than this for the answer; one that comes later still counts. */
const longestWaitMs = 2_000;

export class Ticker {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ahead: number;
  #asking: Promise<void> | null = null;
  #askedAt = 0;
  #isStopped = false;

  constructor(
    private readonly core: Core,
    private readonly clock: ClientClock,
    private readonly warnBeforeMs: number | undefined,
    private readonly peek: () => Promise<Peek>,
  ) {
    this.#ahead = clock.now() - clock.monotonic();
  }

  /** Until the next session. */
  pause(): void {
    clearTimeout(this.#timer);
  }

  stop(): void {
    this.#isStopped = true;
    this.pause();
  }

  remaining(): Remaining | null {
    return this.core.held && remainingOf(this.core.held, this.clock.now());
  }

  /** The server was heard: it need not be asked on the next waking up. */
  heard(): void {
    this.#askedAt = this.clock.now();
  }

  /** The page is back: shown, focused, online, out of the cache. */
  async wake(): Promise<void> {
    await this.look(Math.abs(this.clock.now() - this.#askedAt) > recheckMs);
  }

  /** @param isAsked the server, whatever the time. */
  async look(isAsked = false): Promise<void> {
    const { core } = this;
    if (!core.held || this.#isStopped) return;
    const jumped = this.#noticeJump();
    const left = this.#left();
    const isApproached =
      left <= this.#lead() && (core.state === 'active' || core.state === 'starting');
    if (isAsked || jumped || left <= 0 || isApproached) await this.ask();
    else this.settle('alive');
  }

  /** One question at a time, however many want to know. */
  ask(): Promise<void> {
    this.heard();
    clearTimeout(this.#timer);
    const late = pause(longestWaitMs).then((): Peek => 'unreachable');
    this.#asking ??= Promise.race([this.peek(), late])
      .then((peek) => this.settle(peek))
      .finally(() => (this.#asking = null));
    return this.#asking;
  }

  /** Sets the state by the time that is left, and the next look. */
  settle(peek: Peek): void {
    const { core } = this;
    if (!core.held || this.#isStopped) return;
    const left = this.#left();
    const isEarly = left > this.#lead();
    clearTimeout(this.#timer);
    if (left <= 0 && peek === 'unreachable') {
      this.#nap(5_000);
      if (core.state !== 'extending') core.setState('unknown');
      return;
    }
    // At zero by this clock and alive by the server's: less than a second, or a newer token is known there.
    this.#nap(isEarly ? left - this.#lead() : Math.max(left, 1_000));
    if (isEarly) core.setState('active');
    else if (core.state === 'unknown') core.setState('warning');
    else if (core.state !== 'warning' && core.state !== 'extending') {
      core.setState('warning');
      const remaining = this.remaining();
      // A listener of `statechange` may have ended it.
      if (remaining) core.emitter.emit('warning', remaining);
    }
  }

  #nap(ms: number): void {
    this.#timer = setTimeout(() => void this.look(), Math.min(ms, longestNapMs));
  }

  #left(): number {
    return this.remaining()?.idleMs ?? 0;
  }

  #lead(): number {
    const { held } = this.core;
    if (!held) return 0;
    return warningLeadOf({ ...held, warnBeforeMs: this.warnBeforeMs ?? held.warnBeforeMs });
  }

  /**
   * A wall clock that fell behind was set back, and every deadline goes with it. One that ran ahead may
   * also be sleep, in which time passed: the shorter time counts until the server has said more.
   */
  #noticeJump(): boolean {
    const ahead = this.clock.now() - this.clock.monotonic();
    const jump = ahead - this.#ahead;
    this.#ahead = ahead;
    if (Math.abs(jump) <= jumpMs) return false;
    const { held } = this.core;
    if (held && jump < 0) this.core.amend({ offset: held.offset + jump });
    return true;
  }
}
