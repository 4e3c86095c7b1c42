/** Both clocks of a machine at one moment, in milliseconds. */
export interface Moment {
  readonly monotonic: number;
  readonly wall: number;
}

/**
 * How long something took, as a node can know it. There are two clocks, because either may be wrong: the
 * monotonic one stands still while a laptop sleeps, the wall clock is set by hand. What must not last
 * too long is judged by the larger of both, what must not be forgotten too early by the smaller.
 */
export abstract class NodeClock {
  abstract monotonic(): number;
  abstract wall(): number;
  /** Calls back once, not before `ms`; the returned function takes it back. */
  abstract after(ms: number, callBack: () => void): () => void;

  moment(): Moment {
    return { monotonic: this.monotonic(), wall: this.wall() };
  }

  longestSince(moment: Moment): number {
    return Math.max(this.monotonic() - moment.monotonic, this.wall() - moment.wall);
  }

  shortestSince(moment: Moment): number {
    return Math.min(this.monotonic() - moment.monotonic, this.wall() - moment.wall);
  }
}

export class SystemNodeClock extends NodeClock {
  override monotonic(): number {
    return performance.now();
  }

  override wall(): number {
    return Date.now();
  }

  override after(ms: number, callBack: () => void): () => void {
    // Nothing here is a reason to keep a process alive.
    const timer = setTimeout(callBack, ms).unref();
    return () => {
      clearTimeout(timer);
    };
  }
}
