import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { AuditStore, type AuditReader, type StoredEntry } from './audit.store.js';

/** Other nodes' entries are seen so much later at most. */
const everyMs = 400;
const batchSize = 200;

export type TailListener = (entries: readonly StoredEntry[]) => void;

export interface Tail {
  /** What is stored after this is told. */
  readonly position: string;
  readonly stop: () => void;
}

/**
 * Tells what is added to the audit log, by whichever node. Reads the database, so it needs no Redis;
 * and only while somebody listens.
 */
@Injectable()
export class AuditTail implements BeforeApplicationShutdown {
  private readonly logger = new Logger('AuditTail');
  private readonly listeners = new Set<TailListener>();
  private reader: Promise<AuditReader> | null = null;
  private timer: NodeJS.Timeout | undefined;
  private isReading = false;
  private isAsked = false;

  constructor(@Inject(AuditStore) private readonly store: AuditStore) {}

  get isFollowed(): boolean {
    return this.listeners.size > 0;
  }

  /** @throws StorageUnavailableError */
  async follow(listener: TailListener): Promise<Tail> {
    this.listeners.add(listener);
    const stop = (): void => this.leave(listener);
    try {
      this.reader ??= this.store.readFrom(null);
      const { position } = await this.reader;
      this.timer ??= setInterval(() => this.look(), everyMs).unref();
      return { position, stop };
    } catch (error) {
      this.reader = null;
      stop();
      throw error;
    }
  }

  /** From where a listener was before. */
  readFrom(position: string): Promise<AuditReader> {
    return this.store.readFrom(position);
  }

  /** There is something new. */
  look(): void {
    if (!this.isFollowed) return;
    if (this.isReading) this.isAsked = true;
    else void this.read();
  }

  beforeApplicationShutdown(): void {
    this.listeners.clear();
    this.rest();
  }

  private async read(): Promise<void> {
    this.isReading = true;
    try {
      do {
        this.isAsked = false;
        const reader = await this.reader;
        const entries = reader === null ? [] : await reader.next(batchSize);
        if (entries.length > 0) for (const listener of [...this.listeners]) listener(entries);
        if (entries.length === batchSize) this.isAsked = true;
      } while (this.isAsked);
    } catch (error) {
      // Nothing is lost: the reader stands where it stood, and the next turn comes.
      const why = error instanceof Error ? error.message : 'unknown';
      this.logger.warn(`the audit log could not be read on: ${why}`);
    } finally {
      this.isReading = false;
    }
  }

  private leave(listener: TailListener): void {
    this.listeners.delete(listener);
    if (!this.isFollowed) this.rest();
  }

  private rest(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.reader = null;
  }
}
