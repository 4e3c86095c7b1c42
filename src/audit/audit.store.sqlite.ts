import type { Revocation } from '@portcullis/auth';
import { InvalidCursorError, type Page } from '../storage/page.js';
import type { SqliteDatabase } from '../storage/sqlite/database.js';
import type { SqliteRow } from '../storage/sqlite/row.js';
import { selectPage, type Order } from '../storage/sqlite/select.js';
import { insertInto, Where, type Columns } from '../storage/sqlite/sql.js';
import type { AuditActor, AuditEntry, AuditTarget } from './audit-entry.js';
import {
  AuditStore,
  type AuditCount,
  type AuditQuery,
  type AuditReader,
  type StoredEntry,
} from './audit.store.js';

/** Ids do not tell which of two entries of the same millisecond came first; the sequence does. */
const newestFirst: Order = { column: 'at', type: 'number', descending: true, tie: 'sequence' };

/** The audit log in the embedded database. */
export class SqliteAuditStore extends AuditStore {
  constructor(private readonly database: SqliteDatabase) {
    super();
  }

  override async append(entry: AuditEntry): Promise<void> {
    const { text, values } = insertInto('audit', toColumns(entry));
    this.database.run(text, ...values);
  }

  override async list(query: AuditQuery): Promise<Page<AuditEntry>> {
    const from = { table: 'audit', columns: '*' };
    const page = selectPage(this.database, from, toWhere(query), newestFirst, query);
    return { ...page, rows: page.rows.map(toEntry) };
  }

  override async readFrom(position: string | null): Promise<AuditReader> {
    if (position === null) {
      const last = this.database.first('SELECT max(sequence) AS last FROM audit');
      return new SqliteAuditReader(this.database, last?.numberOrNull('last') ?? 0);
    }
    if (!/^\d{1,15}$/.test(position)) throw new InvalidCursorError();
    return new SqliteAuditReader(this.database, Number(position));
  }

  override async count(query: AuditCount): Promise<readonly number[]> {
    const { action, result, from, stretchMs, stretches } = query;
    const rows = this.database.all(
      `SELECT (at - ?) / ? AS stretch, count(*) AS n FROM audit
        WHERE action = ? AND result = ? AND at >= ? AND at < ? GROUP BY stretch`,
      ...[from, stretchMs, action, result, from, from.getTime() + stretchMs * stretches],
    );
    const counts = Array<number>(stretches).fill(0);
    for (const row of rows) counts[row.number('stretch')] = row.number('n');
    return counts;
  }
}

/** Nothing else writes the file, so the sequence is the order in which entries are seen. */
class SqliteAuditReader implements AuditReader {
  constructor(
    private readonly database: SqliteDatabase,
    private sequence: number,
  ) {}

  get position(): string {
    return String(this.sequence);
  }

  async next(limit: number): Promise<readonly StoredEntry[]> {
    const text = 'SELECT * FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?';
    const rows = this.database.all(text, this.sequence, limit);
    this.sequence = rows.at(-1)?.number('sequence') ?? this.sequence;
    return rows.map((row) => {
      return { position: String(row.number('sequence')), entry: toEntry(row) };
    });
  }
}

function toWhere(query: AuditQuery): Where {
  const where = new Where()
    .andIfSet('actor_id = ?', query.actor)
    .andIfSet('target_id = ?', query.target)
    .andIfSet('action = ?', query.action)
    .andIfSet('result = ?', query.result)
    .andIfSet('ip = ?', query.ip)
    .andIfSet('request_id = ?', query.requestId)
    .andIfSet('at >= ?', query.from)
    .andIfSet('at < ?', query.to);
  return query.revocations === true ? where.and('revocation IS NOT NULL') : where;
}

const toColumns = (entry: AuditEntry): Columns => ({
  id: entry.id,
  at: entry.at,
  actor_type: entry.actor.type,
  actor_id: entry.actor.id,
  action: entry.action,
  target_type: entry.target?.type ?? null,
  target_id: entry.target?.id ?? null,
  result: entry.result,
  reason: entry.reason,
  ip: entry.ip,
  request_id: entry.requestId,
  changes: entry.changes && JSON.stringify(entry.changes),
  revocation: entry.revocation && JSON.stringify(entry.revocation),
});

const toEntry = (row: SqliteRow): AuditEntry => ({
  id: row.text('id'),
  at: row.date('at'),
  actor: {
    type: row.text('actor_type') as AuditActor['type'],
    id: row.textOrNull('actor_id'),
  },
  action: row.text('action'),
  target: toTarget(row),
  result: row.text('result') as AuditEntry['result'],
  reason: row.textOrNull('reason'),
  ip: row.textOrNull('ip'),
  requestId: row.textOrNull('request_id'),
  changes: row.jsonOrNull('changes') as AuditEntry['changes'],
  revocation: toRevocation(row),
});

function toTarget(row: SqliteRow): AuditTarget | null {
  const type = row.textOrNull('target_type') as AuditTarget['type'] | null;
  return type && { type, id: row.text('target_id') };
}

function toRevocation(row: SqliteRow): Revocation | null {
  const stored = row.jsonOrNull('revocation') as StoredRevocation | null;
  return stored && { ...stored, effectiveAt: new Date(stored.effectiveAt) };
}

/** JSON has no dates. */
type StoredRevocation = Omit<Revocation, 'effectiveAt'> & { readonly effectiveAt: string };
