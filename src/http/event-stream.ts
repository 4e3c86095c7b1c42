/** Answers that stay open: `text/event-stream`, by the WHATWG's format. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

const heartbeatMs = 15_000;
/** A reader who takes nothing for so long that this piles up is cut off: he connects again. */
const maxWaitingBytes = 256 * 1024;

interface OpenStreams {
  readonly all: Set<EventStream>;
  isClosing: boolean;
}

const openStreams = new WeakMap<object, OpenStreams>();

/** Ends what is open when the server closes: it would wait for it. Before the server starts. */
export function endEventStreamsOnClose(instance: FastifyInstance): void {
  const streams: OpenStreams = { all: new Set(), isClosing: false };
  openStreams.set(instance.server, streams);
  instance.addHook('preClose', (done) => {
    streams.isClosing = true;
    for (const stream of [...streams.all]) stream.end();
    done();
  });
}

/** One such answer: bounded, with a heartbeat, and ended at shutdown. */
export class EventStream {
  private readonly response: ServerResponse;
  private readonly socket: Socket;
  private readonly heartbeat: NodeJS.Timeout;
  private readonly streams: OpenStreams | undefined;
  private isOver = false;
  private closed: () => void = () => undefined;
  private readonly forget = (): void => this.over();

  /** Sends the head; from here on Fastify leaves the answer alone. */
  constructor(reply: FastifyReply) {
    this.response = reply.raw;
    this.socket = reply.request.raw.socket;
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) this.response.setHeader(name, value);
    }
    this.response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      // nginx would keep the events until a buffer is full.
      'x-accel-buffering': 'no',
    });
    this.response.flushHeaders();
    this.heartbeat = setInterval(() => this.write(': still here\n\n'), heartbeatMs).unref();
    this.streams = openStreams.get(reply.server.server);
    this.streams?.all.add(this);
    this.response.on('error', () => this.response.destroy());
    this.response.once('close', this.forget);
    // An answer that waits for its turn on a connection is not told when that closes.
    this.socket.once('close', this.forget);
    // Nor does a client hang up a second time who did so while the server was waiting for something.
    if (this.response.closed || this.socket.destroyed) this.forget();
    // HEAD has no more than the head, and what comes while the server closes would keep it open.
    else if (reply.request.method === 'HEAD' || this.streams?.isClosing === true) this.end();
  }

  /** Called once, however it came to an end. */
  onClose(listener: () => void): void {
    if (this.isOver) listener();
    else this.closed = listener;
  }

  /** @param id what a reader who was cut off says as `Last-Event-ID` */
  send(event: string, data: object, id?: string): void {
    const line = id === undefined ? '' : `id: ${id}\n`;
    this.write(`${line}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  end(): void {
    this.response.end();
    this.forget();
  }

  private write(text: string): void {
    if (this.isOver) return;
    if (this.response.writableLength > maxWaitingBytes) this.response.destroy();
    else this.response.write(text);
  }

  private over(): void {
    this.isOver = true;
    clearInterval(this.heartbeat);
    this.streams?.all.delete(this);
    this.response.off('close', this.forget);
    this.socket.off('close', this.forget);
    const { closed } = this;
    this.closed = () => undefined;
    closed();
  }
}
