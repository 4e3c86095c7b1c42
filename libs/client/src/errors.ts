// What the client throws: the server's refusal by its code, and the end of the session.
import type { EndReason } from './session.js';

/** An answer that is no success. `code` is what programs read. */
export class PortcullisError extends Error {
  readonly code: string;
  readonly status: number;
  /** When the server said how long to wait (429, 503). */
  readonly retryAfterMs: number | undefined;

  constructor(code: string, status: number, retryAfterMs?: number) {
    super(code);
    this.name = 'PortcullisError';
    this.code = code;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

/** By `extend()` and `check()` after the end; never by `fetch()`. */
export class SessionEndedError extends Error {
  readonly reason: EndReason;

  constructor(reason: EndReason) {
    super(`session ended: ${reason}`);
    this.name = 'SessionEndedError';
    this.reason = reason;
  }
}
