import type { CommitCondition } from '@portcullis/auth';
import { setImmediate } from 'node:timers/promises';
import type { Page } from '../../storage/page.js';
import type { SqliteDatabase } from '../../storage/sqlite/database.js';
import { inTime } from '../../storage/sqlite/in-time.js';
import { countRows, selectPage } from '../../storage/sqlite/select.js';
import { insertInto } from '../../storage/sqlite/sql.js';
import { liveThen } from './live-then.js';
import type { Session, SessionEnd, SessionVersion } from './session.js';
import {
  SessionsStore,
  type EndedSessions,
  type LiveSessionsBy,
  type SessionQuery,
  type SessionTouch,
  type UserActivity,
} from './sessions.store.js';
import { toEndedWhere, toLiveWhere, toOrder, toWhere } from './sqlite/session.filter.js';
import { toColumns, toSession } from './sqlite/session.row.js';

/** Kept for a week after their absolute end, for whoever looks into what happened. */
const keptMs = 7 * 24 * 60 * 60 * 1000;
/** More than come with one login, so that they grow fewer. */
const removedPerInsert = 4;
const batchSize = 500;

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

  override async findByPrefix(prefix: string): Promise<Session | null> {
    const text = 'SELECT * FROM sessions WHERE id >= ? AND id < ? LIMIT 2';
    const [row, another] = this.database.all(text, prefix, `${prefix}\u{10FFFF}`);
    return row !== undefined && another === undefined ? toSession(row) : null;
  }

  override async usersFrom(ip: string, limit: number): Promise<readonly string[]> {
    const text = 'SELECT DISTINCT user_id FROM sessions WHERE ip = ? LIMIT ?';
    return this.database.all(text, ip, limit).map((row) => row.text('user_id'));
  }

  override async readVersion(id: string): Promise<SessionVersion | null> {
    const text = 'SELECT ended_at IS NOT NULL AS ended FROM sessions WHERE id = ?';
    const row = this.database.first(text, id);
    if (row === null) return null;
    return row.boolean('ended') ? 2 : 1;
  }

  override async list(query: SessionQuery): Promise<Page<Session>> {
    const from = { table: 'sessions', columns: '*' };
    const page = selectPage(this.database, from, toWhere(query), toOrder(query.sort), query);
    return { ...page, rows: page.rows.map(toSession) };
  }

  override async countLive(at: Date, by: LiveSessionsBy = {}): Promise<number> {
    return countRows(this.database, 'sessions', toLiveWhere(at, by));
  }

  override async countLiveUsers(at: Date): Promise<number> {
    const where = toLiveWhere(at, {});
    const text = `SELECT count(DISTINCT user_id) AS n FROM sessions${where.text}`;
    return this.database.first(text, ...where.values)?.number('n') ?? 0;
  }

  override async countLiveThen(moments: readonly Date[]): Promise<readonly number[]> {
    return liveThen(moments, async (first, stepMs) => {
      // What is bound is a floating-point number to the driver.
      const stretch = (column: string): string =>
        `max(0, (${column} - CAST(? AS INTEGER) + CAST(? AS INTEGER) - 1) / CAST(? AS INTEGER))`;
      const over = 'min(coalesce(ended_at, idle_expires_at), idle_expires_at)';
      const rows = this.database.all(
        `SELECT ${stretch('created_at')} AS begun, ${stretch(over)} AS over, count(*) AS n
          FROM sessions WHERE idle_expires_at > ? GROUP BY begun, over`,
        ...[first, stepMs, stepMs, first, stepMs, stepMs, first],
      );
      return rows.map((row) => {
        return { begun: row.number('begun'), over: row.number('over'), n: row.number('n') };
      });
    });
  }

  override async activityOf(
    userIds: readonly string[],
    at: Date,
  ): Promise<ReadonlyMap<string, UserActivity>> {
    const rows = this.database.all(
      `SELECT user_id, max(last_seen_at) AS last_seen_at,
          sum(ended_at IS NULL AND expires_at > ? AND idle_expires_at > ?) AS live
        FROM sessions WHERE user_id IN (SELECT value FROM json_each(?)) GROUP BY user_id`,
      ...[at, at, JSON.stringify(userIds)],
    );
    return new Map(
      rows.map((row) => [
        row.text('user_id'),
        { liveSessions: row.number('live'), lastSeenAt: row.date('last_seen_at') },
      ]),
    );
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

  /** In batches: everybody's sessions at once would keep every request waiting meanwhile. */
  override async endAll(ended: EndedSessions, end: SessionEnd): Promise<number> {
    const where = toEndedWhere(ended, end.at);
    const text = `UPDATE sessions SET ${endColumns} WHERE id IN (SELECT id FROM sessions${where.text} LIMIT ?)`;
    const values = [end.at, end.reason, end.by, ...where.values, batchSize];
    for (let count = 0; ;) {
      const changed = this.database.run(text, ...values);
      count += changed;
      if (changed < batchSize) return count;
      await setImmediate();
    }
  }

  override async touch(batch: readonly SessionTouch[]): Promise<void> {
    if (batch.length === 0) return;
    const text = `UPDATE sessions SET last_seen_at = max(last_seen_at, ?),
      idle_expires_at = max(idle_expires_at, ?) WHERE id = ?`;
    for (let begin = 0; begin < batch.length; begin += batchSize) {
      if (begin > 0) await setImmediate();
      this.database.transaction(() => {
        for (const { id, lastSeenAt, idleExpiresAt } of batch.slice(begin, begin + batchSize)) {
          this.database.run(text, lastSeenAt, idleExpiresAt, id);
        }
      });
    }
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
