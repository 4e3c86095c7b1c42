import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { Clock } from '@portcullis/auth';
import { SessionsStore, type SessionTouch } from './sessions.store.js';

const flushEveryMs = 60_000;
/** Written earlier when so many sessions were seen, so that neither memory nor a batch grows without bound. */
const maxPending = 5000;

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
    this.timer = setInterval(() => void this.flush(), flushEveryMs).unref();
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
    this.pending.set(sessionId, { atMs: this.clock.now(), idleExpiresAtSeconds });
    if (this.pending.size >= maxPending) void this.flush();
  }

  /** Writes what is pending; a batch that cannot be written is dropped, for it is only a courtesy. */
  flush(): Promise<void> {
    const batch = [...this.pending].map(toTouch);
    this.pending = new Map();
    if (batch.length > 0) this.flushing = this.flushing.then(() => this.write(batch));
    return this.flushing;
  }

  private async write(batch: readonly SessionTouch[]): Promise<void> {
    try {
      await this.store.touch(batch);
    } catch (error) {
      const why = error instanceof Error ? error.message : 'unknown';
      this.logger.warn(`last activity of ${String(batch.length)} sessions was not stored: ${why}`);
    }
  }
}
