import { trusted, type Model } from 'mongoose';
import { guarded, operationDeadlineMs } from '../../storage/mongo/mongo-errors.js';
import type { AuditReader, StoredEntry } from '../audit.store.js';
import { toEntry, type AuditRow } from './audit.schema.js';

/**
 * What was stored at one moment may be seen after what was stored later, as several nodes write at
 * once: so each turn looks back by as much as a write can take, and passes over what it has seen.
 */
const lookBackMs = operationDeadlineMs;

/** Reads on in the order of `storedAt`. */
export class MongoAuditReader implements AuditReader {
  /** With the moment of each; only those that a turn may find again. */
  private readonly seen = new Map<string, number>();

  constructor(
    private readonly entries: Model<AuditRow>,
    private newestMs: number,
  ) {}

  /** Now, by the database's clock; what was stored shortly before is passed over. */
  static async fromNow(entries: Model<AuditRow>): Promise<MongoAuditReader> {
    const hello = await guarded(() => entries.db.getClient().db().admin().command({ hello: 1 }));
    const reader = new MongoAuditReader(entries, (hello['localTime'] as Date).getTime());
    while ((await reader.next(1_000)).length > 0);
    return reader;
  }

  get position(): string {
    return String(this.newestMs);
  }

  async next(limit: number): Promise<readonly StoredEntry[]> {
    const after = { storedAt: trusted({ $gt: new Date(this.newestMs - lookBackMs) }) };
    const rows = await guarded(() =>
      this.entries
        .find(after)
        .sort({ storedAt: 1, _id: 1 })
        .limit(limit + this.seen.size)
        .lean<AuditRow[]>(),
    );
    const fresh = rows.filter(({ _id }) => !this.seen.has(_id)).slice(0, limit);
    return fresh.map((row) => this.take(row));
  }

  private take(row: AuditRow): StoredEntry {
    const at = row.storedAt.getTime();
    this.seen.set(row._id, at);
    if (at > this.newestMs) this.moveTo(at);
    return { position: this.position, entry: toEntry(row) };
  }

  private moveTo(newestMs: number): void {
    this.newestMs = newestMs;
    for (const [id, at] of this.seen) if (at <= newestMs - lookBackMs) this.seen.delete(id);
  }
}
