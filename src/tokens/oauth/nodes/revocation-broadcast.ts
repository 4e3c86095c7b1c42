import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { RevocationNode, toCarry, type NumberedEvent } from '@portcullis/auth';
import type { Application } from '../../../applications/application.js';
import type { EventStream } from '../../../http/event-stream.js';
import { tooMany } from './nodes.errors.js';

/** As many as an application may have nodes, and some that reconnect before the old one is missed. */
const maxStreamsPerApplication = 128;

/** Rings at joined services what this node has applied; so nothing that was not confirmed. */
@Injectable()
export class RevocationBroadcast implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly streams = new Map<EventStream, string>();
  private waiting: NumberedEvent[] = [];
  private stopListening: () => void = () => undefined;

  constructor(@Inject(RevocationNode) private readonly node: RevocationNode) {}

  onApplicationBootstrap(): void {
    this.stopListening = this.node.state.listen({
      applied: (event) => this.add(event),
      missed: () => this.ring([]),
    });
  }

  beforeApplicationShutdown(): void {
    this.stopListening();
  }

  /** Before the stream is opened. @throws ProblemException `rate_limited` */
  assertFewEnough({ id }: Application): void {
    const open = [...this.streams.values()].filter((owner) => owner === id).length;
    if (open >= maxStreamsPerApplication)
      throw tooMany(`${maxStreamsPerApplication} of these streams`);
  }

  join({ id }: Application, stream: EventStream): void {
    this.streams.set(stream, id);
    stream.onClose(() => this.streams.delete(stream));
    // Whoever has just come asks the log once, for what was rung before.
    this.ringAt([stream], []);
  }

  private add(event: NumberedEvent): void {
    this.waiting.push(event);
    // What is applied in one step goes out as one ring.
    if (this.waiting.length === 1) {
      queueMicrotask(() => {
        const events = this.waiting;
        this.waiting = [];
        this.ring(events);
      });
    }
  }

  private ring(events: readonly NumberedEvent[]): void {
    this.ringAt(this.streams.keys(), events);
  }

  private ringAt(streams: Iterable<EventStream>, events: readonly NumberedEvent[]): void {
    const { logId: log, applied: seq } = this.node.state;
    if (log === null) return;
    const ring = toCarry({ log, seq, events });
    for (const stream of streams) stream.send('ring', ring);
  }
}
