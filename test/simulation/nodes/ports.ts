// What a simulated process talks to, each call a message that may go wrong.
import {
  SecondLevel,
  type StoredVersion,
} from '../../../libs/auth/src/revocation/check/second-level.js';
import {
  Doorbell,
  type Acknowledgement,
  type Ring,
} from '../../../libs/auth/src/revocation/doorbell.js';
import {
  RevocationLog,
  type Appended,
  type LogHead,
  type PollReply,
  type PollRequest,
  type RevocationEvent,
} from '../../../libs/auth/src/revocation/revocation-log.js';
import type { Subject, SubjectVersion } from '../../../libs/auth/src/revocation/subject.js';
import { TokenVersionSource } from '../../../libs/auth/src/revocation/token-version-source.js';
import type { ChannelMessage } from '../services/redis.js';
import type { Machine } from '../world/machine.js';
import type { World } from '../world/world.js';

/** As long as the database's driver waits; the member gives up a poll by itself. */
const databaseTimeoutMs = 1_500;
const redisTimeoutMs = 150;

/** A call to the database, done when the request gets there. */
export function callDatabase<T>(
  world: World,
  from: Machine,
  what: string,
  execute: () => T,
): Promise<T> {
  return world.network.call({
    message: { from, to: 'database', what },
    timeoutMs: databaseTimeoutMs,
    execute: () => {
      if (world.database.isDown) throw new Error('no primary');
      world.trace(() => `database: ${what} of ${from.name}`);
      return execute();
    },
  });
}

export class DatabaseLog extends RevocationLog {
  constructor(
    private readonly world: World,
    private readonly machine: Machine,
  ) {
    super();
  }

  override poll(request: PollRequest): Promise<PollReply> {
    return this.call('poll', () => this.world.log.poll(request));
  }

  override append(events: readonly RevocationEvent[]): Promise<Appended> {
    const what = `append ${events.map(({ subject, version }) => `${subject}@${version}`).join(' ')}`;
    return this.call(what, () => this.world.log.append(events));
  }

  override readHead(): Promise<LogHead> {
    const { world } = this;
    const { often, by } = world.staleHeads;
    const back = world.random.chance(often) ? world.random.whole(1, by) : 0;
    return this.call('readHead', () => (back ? world.log.earlierHead(back) : world.log.head()));
  }

  override expel(log: string, node: string, polls: number): Promise<void> {
    return this.call(`expel ${node}`, () => this.world.log.expel(log, node, polls));
  }

  override leave(node: string): Promise<void> {
    return this.call('leave', () => this.world.log.leave(node));
  }

  private call<T>(what: string, execute: () => T): Promise<T> {
    return callDatabase(this.world, this.machine, what, execute);
  }
}

export class DatabaseSource extends TokenVersionSource {
  constructor(
    private readonly world: World,
    private readonly machine: Machine,
  ) {
    super();
  }

  override read(subject: Subject): Promise<SubjectVersion | null> {
    const { world, machine } = this;
    return callDatabase(world, machine, `read ${subject}`, () => world.database.read(subject));
  }
}

/** `redis`: by the channel. `stream`: hears what a server passes on, and cannot speak. */
export type BellKind = 'redis' | 'stream' | 'none';

export class ChannelDoorbell extends Doorbell {
  private readonly subscriber = {
    machine: this.machine,
    hear: (message: ChannelMessage) => this.hear(message),
  };

  constructor(
    private readonly world: World,
    private readonly machine: Machine,
    private readonly kind: BellKind,
  ) {
    super();
  }

  override open(): void {
    if (this.kind !== 'none') this.world.redis.subscribers.add(this.subscriber);
  }

  override close(): void {
    this.world.redis.subscribers.delete(this.subscriber);
  }

  override ring(ring: Ring): void {
    super.ring(ring);
    if (this.kind === 'redis') this.publish('ring', { ring });
  }

  override acknowledge(acknowledgement: Acknowledgement): boolean {
    if (this.kind === 'stream') return false;
    super.acknowledge(acknowledgement);
    if (this.kind === 'redis') this.publish('acknowledge', { acknowledgement });
    return true;
  }

  private publish(what: string, message: ChannelMessage): void {
    const { redis, network } = this.world;
    if (redis.isDown) return;
    const recipients = [...redis.subscribers].map(({ machine, hear }) => ({
      to: machine.name,
      // To hear of events settles no promise; to hear of an acknowledgement may.
      deliver: () =>
        message.ring
          ? machine.deliverQuietly(() => hear(message))
          : machine.deliver(() => hear(message)),
    }));
    network.publish(this.machine, what, recipients, redis.twice);
  }

  private hear({ ring, acknowledgement }: ChannelMessage): void {
    if (ring) super.ring(ring);
    else if (acknowledgement && this.kind === 'redis') super.acknowledge(acknowledgement);
  }
}

export class RedisSecondLevel extends SecondLevel {
  constructor(
    private readonly world: World,
    private readonly machine: Machine,
  ) {
    super();
  }

  override get(log: string, subject: Subject): Promise<StoredVersion | null> {
    return this.call(`get ${subject}`, () => this.world.redis.get(`${log}:${subject}`));
  }

  override set(log: string, subject: Subject, version: StoredVersion): void {
    void this.call(`set ${subject}`, () => {
      this.world.redis.set(`${log}:${subject}`, version);
      return null;
    });
  }

  private call<T>(what: string, execute: () => T): Promise<T | null> {
    return this.world.network
      .call({
        message: { from: this.machine, to: 'redis', what },
        timeoutMs: redisTimeoutMs,
        execute,
      })
      .catch(() => null);
  }
}
