import { Logger } from '@nestjs/common';
import { Doorbell, type Acknowledgement, type Ring } from '../revocation/doorbell.js';
import type { NumberedEvent } from '../revocation/revocation-log.js';
import { isSubject } from '../revocation/subject.js';
import { RedisLink } from './redis-client.js';
import type { RedisConnection } from './redis.connection.js';

/** More at once say only that there is something: whoever hears it asks the log. */
const maxEvents = 200;

/**
 * The bell over Redis pub/sub: by one connection that listens and one that speaks, which is shared. What
 * rings here reaches this process first and without Redis.
 */
export class RedisDoorbell extends Doorbell {
  private readonly logger = new Logger('Doorbell');
  private readonly channel: string;
  private link: RedisLink | null = null;
  private isClosed = false;

  /** @param issuer so that two issuers on one Redis do not wake each other. */
  constructor(
    private readonly url: string,
    private readonly speaker: RedisConnection,
    issuer: string,
  ) {
    super();
    this.channel = `portcullis:bell:${issuer}`;
  }

  override open(): void {
    if (this.isClosed) return;
    const link = new RedisLink(this.url, {
      ready: () => this.subscribe(link),
      // The connection that speaks reports the outage. Meanwhile nodes poll.
      failed: () => undefined,
      stuck: () => this.reopen(link),
    });
    this.link = link;
  }

  override close(): void {
    this.isClosed = true;
    this.link?.end();
  }

  override ring(ring: Ring): void {
    super.ring(ring);
    const events = ring.events.length > maxEvents ? [] : ring.events;
    this.publish({ ring: { ...ring, events } });
  }

  override acknowledge(acknowledgement: Acknowledgement): boolean {
    super.acknowledge(acknowledgement);
    this.publish({ acknowledgement });
    return true;
  }

  /** What does not arrive is found by the next poll, a second later at most. */
  private publish(message: object): void {
    const text = JSON.stringify(message);
    this.speaker.run((client) => client.publish(this.channel, text)).catch(() => undefined);
  }

  private subscribe(link: RedisLink): void {
    // node-redis subscribes anew by itself after a lost connection: once is enough for a link.
    if (link.client.isPubSubActive) return;
    link.client.subscribe(this.channel, (text) => this.hear(text)).catch(() => this.reopen(link));
  }

  private reopen(link: RedisLink): void {
    link.end();
    if (this.link === link) this.open();
  }

  /** Own messages come back too: numbers make that harmless. */
  private hear(text: string): void {
    const message = readMessage(text);
    if (message.ring) super.ring(message.ring);
    else if (message.acknowledgement) super.acknowledge(message.acknowledgement);
    else this.logger.warn('something on the channel is not of ours and was passed over');
  }
}

function readMessage(text: string): { ring?: Ring; acknowledgement?: Acknowledgement } {
  try {
    const { ring, acknowledgement } = JSON.parse(text) as {
      ring?: Ring;
      acknowledgement?: Acknowledgement;
    };
    if (ring && isRing(ring)) return { ring };
    if (acknowledgement && isAcknowledgement(acknowledgement)) return { acknowledgement };
  } catch {
    // Not JSON: passed over like anything else that is not a message.
  }
  return {};
}

export function isRing(value: unknown): value is Ring {
  const { log, seq, events } = (value ?? {}) as Partial<Record<keyof Ring, unknown>>;
  return typeof log === 'string' && isNumber(seq) && Array.isArray(events) && events.every(isEvent);
}

export function isEvent(value: unknown): value is NumberedEvent {
  const { number, subject, version } = (value ?? {}) as Partial<NumberedEvent>;
  return isSubject(subject) && isNumber(number) && isNumber(version);
}

function isAcknowledgement(value: unknown): value is Acknowledgement {
  const { log, node, acked } = (value ?? {}) as Partial<Acknowledgement>;
  return typeof log === 'string' && typeof node === 'string' && isNumber(acked);
}

const isNumber = (value: unknown): value is number => Number.isSafeInteger(value);
