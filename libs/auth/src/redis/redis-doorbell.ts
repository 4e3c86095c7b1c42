import { Logger } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Doorbell, toCarry, type Acknowledgement, type Ring } from '../revocation/doorbell.js';
import { isAcknowledgement, isRing } from '../revocation/messages.js';
import { SystemNodeClock, type NodeClock } from '../revocation/node.clock.js';
import { RedisLink } from './redis-client.js';
import type { RedisConnection } from './redis.connection.js';

/** So often the node calls itself, and so long until it must have heard that. */
const echoEveryMs = 5_000;
const maxEchoMs = 3_000;
const subscribeAgainMs = 1_000;

/**
 * The bell over Redis pub/sub: by one connection that listens and one that speaks, which is shared. What
 * rings here reaches this process first and without Redis.
 */
export class RedisDoorbell extends Doorbell {
  private readonly logger = new Logger('Doorbell');
  private readonly channel: string;
  /** Heard by this process alone. */
  private readonly echoChannel: string;
  private readonly complaints = new Set<string>();
  private link: RedisLink | null = null;
  private isClosed = false;
  private cancelTimer: () => void = () => undefined;

  /** @param issuer so that two issuers on one Redis do not wake each other. */
  constructor(
    private readonly url: string,
    private readonly speaker: RedisConnection,
    issuer: string,
    private readonly clock: NodeClock = new SystemNodeClock(),
  ) {
    super();
    this.channel = `portcullis:bell:${issuer}`;
    this.echoChannel = `portcullis:echo:${randomBytes(12).toString('base64url')}`;
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
    this.cancelTimer();
    this.link?.end();
  }

  override ring(ring: Ring): void {
    super.ring(ring);
    this.publish({ ring: toCarry(ring) });
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
    const channels = [this.channel, this.echoChannel];
    link.client
      .subscribe(channels, (text, channel) => {
        if (channel === this.channel) this.hear(text);
        else this.callLater(link);
      })
      .then(
        () => this.callLater(link),
        (error: unknown) => {
          if (link.client.isReady) this.complain('Redis refuses to be listened to', error);
          this.later(subscribeAgainMs, () => this.reopen(link));
        },
      );
  }

  /**
   * A peer that is gone without a word would never be noticed by somebody who only listens. So the node
   * calls itself, on a channel of its own.
   */
  private callLater(link: RedisLink): void {
    if (this.link === link) this.later(echoEveryMs, () => this.call(link));
  }

  private call(link: RedisLink): void {
    this.later(maxEchoMs, () => this.reopen(link));
    // Where nothing can be said, it proves nothing that nothing is heard.
    this.speaker
      .run((client) => client.publish(this.echoChannel, ''))
      .catch(() => this.callLater(link));
  }

  private later(ms: number, callBack: () => void): void {
    this.cancelTimer();
    if (!this.isClosed) this.cancelTimer = this.clock.after(ms, callBack);
  }

  private reopen(link: RedisLink): void {
    link.end();
    if (this.link === link) this.open();
  }

  /** Own messages come back too: numbers make that harmless. */
  private hear(text: string): void {
    const { ring, acknowledgement } = readMessage(text);
    if (isRing(ring)) super.ring(ring);
    else if (isAcknowledgement(acknowledgement)) super.acknowledge(acknowledgement);
    else this.complain('something on the channel is not of ours and was passed over');
  }

  /** Once each, however often it happens. */
  private complain(text: string, error?: unknown): void {
    if (this.complaints.has(text)) return;
    this.complaints.add(text);
    this.logger.warn(error === undefined ? text : `${text}: ${(error as Error).message}`);
  }
}

function readMessage(text: string): { ring?: unknown; acknowledgement?: unknown } {
  try {
    return (JSON.parse(text) ?? {}) as object;
  } catch {
    return {};
  }
}
