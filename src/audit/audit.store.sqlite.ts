import { InvalidCursorError, type Page } from '../storage/page.js';
import type { SqliteDatabase } from '../storage/sqlite/database.js';
import { selectPage, type Order } from '../storage/sqlite/select.js';
import { insertInto, Where } from '../storage/sqlite/sql.js';
import type { AuditEntry } from './audit-entry.js';
import {
  AuditStore,
  type AuditCount,
  type AuditQuery,
  type AuditReader,
  type StoredEntry,
} from './audit.store.js';
import { toColumns, toEntry } from './sqlite/audit.row.js';

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
      `SELECT (at - CAST(? AS INTEGER)) / CAST(? AS INTEGER) AS stretch, count(*) AS n FROM audit
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

/** What is said of few entries comes first: without statistics SQLite takes any equality for a rare one. */
function toWhere(query: AuditQuery): Where {
  const { actor, target, ip, requestId } = query;
  const isNarrow = [actor, target, ip, requestId].some((filter) => filter !== undefined);
  const plus = isNarrow ? '+' : '';
  const where = new Where()
    .andIfSet('actor_id = ?', actor)
    .andIfSet('target_id = ?', target)
    .andIfSet('ip = ?', ip)
    .andIfSet('request_id = ?', requestId)
    .andIfSet(`${plus}action = ?`, query.action)
    .andIfSet(`${plus}result = ?`, query.result)
    .andIfSet('at >= ?', query.from)
    .andIfSet('at < ?', query.to);
  return query.revocations === true ? where.and('revocation IS NOT NULL') : where;
}
