import type { CommitCondition } from '@portcullis/auth';
import { setImmediate } from 'node:timers/promises';
import type { Page } from '../../storage/page.js';
import type { SqliteDatabase } from '../../storage/sqlite/database.js';
import { inTime } from '../../storage/sqlite/in-time.js';
import type { SqliteRow } from '../../storage/sqlite/row.js';
import { countRows, selectPage, type Order } from '../../storage/sqlite/select.js';
import { insertInto, Where, type Columns } from '../../storage/sqlite/sql.js';
import type { Session, SessionEnd, SessionVersion } from './session.js';
import { SessionsStore, type SessionQuery, type SessionTouch } from './sessions.store.js';

/** Kept for a week after their absolute end, for whoever looks into what happened. */
const keptMs = 7 * 24 * 60 * 60 * 1000;
/** More than come with one login, so that they grow fewer. */
const removedPerInsert = 4;
const batchSize = 500;

const newestFirst: Order = { column: 'created_at', type: 'number', descending: true, tie: 'id' };

/** Sessions in the embedded database. */
export class SqliteSessionsStore extends SessionsStore {
  constructor(private readonly database: SqliteDatabase) {
    super();
  }

  override async insert(session: Session): Promise<void> {
    const { text, values } = insertInto('sessions', toColumns(session));
    this.database.transaction(() => {
      this.database.run(text, ...values);
      this.removeOld(session.createdAt);
    });
  }

  override async findById(id: string): Promise<Session | null> {
    const row = this.database.first('SELECT * FROM sessions WHERE id = ?', id);
    return row && toSession(row);
  }

  override async readVersion(id: string): Promise<SessionVersion | null> {
    const text = 'SELECT ended_at IS NOT NULL AS ended FROM sessions WHERE id = ?';
    const row = this.database.first(text, id);
    if (row === null) return null;
    return row.boolean('ended') ? 2 : 1;
  }

  override async list(query: SessionQuery): Promise<Page<Session>> {
    const where = filter(query).andIfSet('ip = ?', query.ip);
    if (query.liveAt) andLive(where, query.liveAt);
    const from = { table: 'sessions', columns: '*' };
    const page = selectPage(this.database, from, where, newestFirst, query);
    return { ...page, rows: page.rows.map(toSession) };
  }

  override async countLive(
    at: Date,
    by: { userId?: string; application?: string } = {},
  ): Promise<number> {
    return countRows(this.database, 'sessions', andLive(filter(by), at));
  }

  override async end(
    id: string,
    { version, notAfter }: CommitCondition,
    end: SessionEnd,
  ): Promise<boolean> {
    if (version !== 1) return false;
    const text = `UPDATE sessions SET ${endColumns} WHERE id = ? AND ended_at IS NULL AND ${inTime}`;
    return this.database.run(text, end.at, end.reason, end.by, id, notAfter) > 0;
  }

  /**
   * Whoever logs in while a revoke is being written down is not part of it. In batches: everybody's
   * sessions at once would keep every request waiting meanwhile.
   */
  override async endAll(
    by: { userId?: string; application?: string; exceptId?: string },
    end: SessionEnd,
  ): Promise<number> {
    const where = andLive(filter(by), end.at, touchLateMs)
      .and('created_at <= ?', end.at)
      .andIfSet('id <> ?', by.exceptId);
    const text = `UPDATE sessions SET ${endColumns} WHERE id IN (SELECT id FROM sessions${where.text} LIMIT ?)`;
    const values = [end.at, end.reason, end.by, ...where.values, batchSize];
    for (let ended = 0; ;) {
      const changed = this.database.run(text, ...values);
      ended += changed;
      if (changed < batchSize) return ended;
      await setImmediate();
    }
  }

  override async touch(batch: readonly SessionTouch[]): Promise<void> {
    if (batch.length === 0) return;
    const text = `UPDATE sessions SET last_seen_at = max(last_seen_at, ?),
      idle_expires_at = max(idle_expires_at, ?) WHERE id = ?`;
    this.database.transaction(() => {
      for (const { id, lastSeenAt, idleExpiresAt } of batch) {
        this.database.run(text, lastSeenAt, idleExpiresAt, id);
      }
    });
  }

  private removeOld(now: Date): void {
    this.database.run(
      `DELETE FROM sessions WHERE id IN
         (SELECT id FROM sessions WHERE expires_at < ? ORDER BY expires_at LIMIT ?)`,
      ...[now.getTime() - keptMs, removedPerInsert],
    );
  }
}

const endColumns = 'ended_at = ?, end_reason = ?, ended_by = ?';

/** By so much what is written behind may be late, and make a session live again in the lists. */
const touchLateMs = 60_000;

const filter = (by: { userId?: string; application?: string }): Where =>
  new Where().andIfSet('user_id = ?', by.userId).andIfSet('application = ?', by.application);

const andLive = (where: Where, at: Date, lateMs = 0): Where =>
  where
    .and('ended_at IS NULL')
    .and('expires_at > ?', at)
    .and('idle_expires_at > ?', at.getTime() - lateMs);

const toColumns = (session: Session): Columns => ({
  id: session.id,
  user_id: session.userId,
  application: session.application,
  created_at: session.createdAt,
  expires_at: session.expiresAt,
  idle_expires_at: session.idleExpiresAt,
  last_seen_at: session.lastSeenAt,
  ip: session.ip,
  user_agent: session.userAgent,
  ended_at: session.end?.at ?? null,
  end_reason: session.end?.reason ?? null,
  ended_by: session.end?.by ?? null,
});

const toSession = (row: SqliteRow): Session => ({
  id: row.text('id'),
  userId: row.text('user_id'),
  application: row.text('application'),
  createdAt: row.date('created_at'),
  expiresAt: row.date('expires_at'),
  idleExpiresAt: row.date('idle_expires_at'),
  lastSeenAt: row.date('last_seen_at'),
  ip: row.text('ip'),
  userAgent: row.text('user_agent'),
  end: toEnd(row),
});

function toEnd(row: SqliteRow): SessionEnd | null {
  const reason = row.textOrNull('end_reason');
  if (reason === null) return null;
  return { at: row.date('ended_at'), reason, by: row.text('ended_by') };
}
