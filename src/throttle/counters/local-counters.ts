import type { Clock } from '@portcullis/auth';
import { LRUCache } from 'lru-cache';
import type { Limit } from '../limits.js';

/** What became of the wish to be counted. */
export interface Count {
  /** False: the limit was reached before, and this one was not counted. */
  readonly isGranted: boolean;
  /** Attempts counted in this window, never more than the limit. */
  readonly attempts: number;
  /** Until the window is over. */
  readonly restMs: number;
}

interface Window {
  attempts: number;
  readonly startedAt: number;
}

/** A key that is tried again stays; to push it out takes this many other keys in between. */
const maxKeys = 100_000;

/** The counters of this process: synchronous, so nothing comes between reading one and raising it. */
export class LocalCounters {
  private readonly windows = new LRUCache<string, Window>({ max: maxKeys });

  constructor(private readonly clock: Clock) {}

  take(key: string, limit: Limit): Count {
    const now = this.clock.now();
    const window = this.currentWindow(key, limit, now);
    const restMs = window.startedAt + limit.windowMs - now;
    const isGranted = window.attempts < limit.attempts;
    if (isGranted) window.attempts += 1;
    return { isGranted, attempts: window.attempts, restMs };
  }

  /** Takes one attempt back that was counted and is not to count. */
  giveBack(key: string): void {
    const window = this.windows.get(key);
    if (window && window.attempts > 0) window.attempts -= 1;
  }

  private currentWindow(key: string, limit: Limit, now: number): Window {
    const last = this.windows.get(key);
    const elapsed = last ? now - last.startedAt : Infinity;
    // A clock that was set back would otherwise block for as long as that.
    if (last && last.attempts > 0 && elapsed >= 0 && elapsed < limit.windowMs) return last;
    const window = { attempts: 0, startedAt: now };
    this.windows.set(key, window);
    return window;
  }
}
