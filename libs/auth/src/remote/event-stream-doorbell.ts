import { createParser } from 'eventsource-parser';
import { randomInt } from 'node:crypto';
import { Doorbell } from '../revocation/doorbell.js';
import { isRing } from '../revocation/messages.js';
import type { NodeClock } from '../revocation/node.clock.js';
import type { IssuerClient } from './issuer-client.js';

/** The server's heartbeat comes every 15 s: without a sign of life the stream is taken for dead. */
const maxSilenceMs = 40_000;
/** Beyond it the parser refuses to go on, and the stream is opened anew. */
const maxEventLength = 1_048_576;
const firstPauseMs = 500;
const maxPauseMs = 10_000;

/**
 * The bell of a service: the server's event stream (`GET /oauth/revocations/events`). Acknowledgements do
 * not travel by it; the service polls instead. Without the stream it hears of a revoke at its next poll.
 */
export class EventStreamDoorbell extends Doorbell {
  private readonly closing = new AbortController();
  private pauseMs = firstPauseMs;
  private cancelPause: () => void = () => undefined;

  constructor(
    private readonly client: IssuerClient,
    private readonly clock: NodeClock,
  ) {
    super();
  }

  override open(): void {
    void this.listen();
  }

  override close(): void {
    this.closing.abort();
    this.cancelPause();
  }

  override acknowledge(): boolean {
    return false;
  }

  private async listen(): Promise<void> {
    const silence = new AbortController();
    let cancel: () => void = () => undefined;
    const heardSomething = (): void => {
      cancel();
      cancel = this.clock.after(maxSilenceMs, () => silence.abort());
    };
    heardSomething();
    try {
      const signal = AbortSignal.any([silence.signal, this.closing.signal]);
      const pieces = await this.client.stream('/oauth/revocations/events', signal);
      const parser = createParser({
        onEvent: ({ event, data }) => this.hear(event, data),
        maxBufferSize: maxEventLength,
      });
      const text = new TextDecoder();
      for await (const piece of pieces) {
        this.pauseMs = firstPauseMs;
        heardSomething();
        parser.feed(text.decode(piece, { stream: true }));
      }
    } catch {
      // Said once by the poll, which fails as well when the server is away.
    } finally {
      cancel();
    }
    this.listenLater();
  }

  /** Longer each time, and never all at once: a server that is just coming back is not stormed. */
  private listenLater(): void {
    if (this.closing.signal.aborted) return;
    const pauseMs = this.pauseMs / 2 + randomInt(this.pauseMs / 2);
    this.cancelPause = this.clock.after(pauseMs, () => void this.listen());
    this.pauseMs = Math.min(maxPauseMs, this.pauseMs * 2);
  }

  private hear(event: string | undefined, data: string): void {
    if (event !== 'ring') return;
    try {
      const ring: unknown = JSON.parse(data);
      if (isRing(ring)) this.ring(ring);
    } catch {
      // Not JSON: the next poll finds what it was about.
    }
  }
}
