import { trusted, type Model } from 'mongoose';
import { commandTimeMs, type MongoConnection } from '../storage/mongo/connection.js';
import { createIndexes } from '../storage/mongo/define-model.js';
import { findPage } from '../storage/mongo/keyset.js';
import { guarded } from '../storage/mongo/mongo-errors.js';
import { InvalidCursorError, type Page } from '../storage/page.js';
import type { AuditEntry } from './audit-entry.js';
import { AuditStore, type AuditCount, type AuditQuery, type AuditReader } from './audit.store.js';
import { toFilter } from './mongo/audit.filter.js';
import { MongoAuditReader } from './mongo/audit-reader.js';
import {
  auditIndexes,
  auditModel,
  toEntry,
  toPrefix,
  type AuditRow,
} from './mongo/audit.schema.js';

const newestFirst = { field: 'order', type: 'string', descending: true } as const;

/** The audit log in MongoDB, for several nodes. */
export class MongoAuditStore extends AuditStore {
  private readonly entries: Model<AuditRow>;
  private appended = 0;

  constructor(connection: MongoConnection) {
    super();
    this.entries = auditModel(connection);
  }

  ensureIndexes(): Promise<void> {
    return createIndexes(this.entries, auditIndexes);
  }

  /** An insert cannot take the database's time; an update that makes what it does not find can. */
  override async append({ id, ...entry }: AuditEntry): Promise<void> {
    this.appended += 1;
    const order = `${toPrefix(entry.at)}-${String(this.appended).padStart(12, '0')}`;
    const notThere = { _id: id, storedAt: trusted({ $exists: false }) };
    const made = { $setOnInsert: { order, ...entry }, $currentDate: { storedAt: true as const } };
    await guarded(() => this.entries.updateOne(notThere, made, { upsert: true }));
  }

  override async list(query: AuditQuery): Promise<Page<AuditEntry>> {
    const page = await findPage(this.entries, toFilter(query), newestFirst, query);
    return { ...page, rows: page.rows.map(toEntry) };
  }

  override async readFrom(position: string | null): Promise<AuditReader> {
    if (position === null) return MongoAuditReader.fromNow(this.entries);
    if (!/^\d{1,15}$/.test(position)) throw new InvalidCursorError();
    return new MongoAuditReader(this.entries, Number(position));
  }

  override async count(query: AuditCount): Promise<readonly number[]> {
    const { action, result, from, stretchMs, stretches } = query;
    const to = new Date(from.getTime() + stretchMs * stretches);
    const stretch = { $floor: { $divide: [{ $subtract: ['$at', from] }, stretchMs] } };
    const order = { $gte: toPrefix(from), $lt: toPrefix(to) };
    const rows = await guarded(() =>
      this.entries
        .aggregate<{ _id: number; n: number }>([
          { $match: { action, result, order } },
          { $group: { _id: stretch, n: { $sum: 1 } } },
        ])
        .option({ maxTimeMS: commandTimeMs }),
    );
    const counts = Array<number>(stretches).fill(0);
    for (const { _id, n } of rows) counts[_id] = n;
    return counts;
  }
}
