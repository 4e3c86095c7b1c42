import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { Clock } from '@portcullis/auth';
import { SessionsStore, touchEveryMs, type SessionTouch } from './sessions.store.js';

/** Written earlier when so many sessions were seen, so that a batch is not too large. */
const flushAt = 5_000;
/** More are not kept while they cannot be written: it is only a courtesy. */
const maxPending = 20_000;

/** Changed in place: at every request nothing is made anew. */
interface Seen {
  atMs: number;
  idleExpiresAtSeconds: number;
}

const toTouch = ([id, { atMs, idleExpiresAtSeconds }]: [string, Seen]): SessionTouch => ({
  id,
  lastSeenAt: new Date(atMs),
  idleExpiresAt: new Date(idleExpiresAtSeconds * 1000),
});

/** When each session was last seen, written behind in batches: never on a request's way. */
@Injectable()
export class SessionActivity implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('SessionActivity');
  private pending = new Map<string, Seen>();
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> = Promise.resolve();

  constructor(
    @Inject(SessionsStore) private readonly store: SessionsStore,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.flush(), touchEveryMs).unref();
  }

  /** The last minute's activity is written before the database closes. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  /** @param idleExpiresAtSeconds `exp` of the session's freshest token. */
  note(sessionId: string, idleExpiresAtSeconds: number): void {
    const seen = this.pending.get(sessionId);
    if (seen !== undefined) {
      seen.atMs = this.clock.now();
      seen.idleExpiresAtSeconds = idleExpiresAtSeconds;
      return;
    }
    if (this.pending.size >= maxPending) return;
    this.pending.set(sessionId, { atMs: this.clock.now(), idleExpiresAtSeconds });
    if (this.pending.size === flushAt) void this.flush();
  }

  /** Writes what is pending. What cannot be written waits for the next time. */
  flush(): Promise<void> {
    this.flushing = this.flushing.then(() => this.write());
    return this.flushing;
  }

  private async write(): Promise<void> {
    if (this.pending.size === 0) return;
    const batch = this.pending;
    this.pending = new Map();
    try {
      await this.store.touch([...batch].map(toTouch));
    } catch (error) {
      this.putBack(batch);
      const why = error instanceof Error ? error.message : 'unknown';
      this.logger.warn(`last activity of ${String(batch.size)} sessions is not stored yet: ${why}`);
    }
  }

  /** Whoever was seen meanwhile was seen later. */
  private putBack(batch: ReadonlyMap<string, Seen>): void {
    for (const [id, seen] of batch) {
      if (this.pending.size >= maxPending) return;
      if (!this.pending.has(id)) this.pending.set(id, seen);
    }
  }
}
