/** What a list or a count asks for, as SQLite's condition and order. */
import type { Order } from '../../../storage/sqlite/select.js';
import { Where } from '../../../storage/sqlite/sql.js';
import {
  touchLateMs,
  type EndedSessions,
  type LiveSessionsBy,
  type SessionQuery,
  type SessionsBy,
  type SessionSort,
} from '../sessions.store.js';

const filter = (by: SessionsBy): Where =>
  new Where()
    .andIfSet('user_id = ?', by.userId)
    .andIfSet('application = ?', by.application)
    .andIfSet('ip = ?', by.ip);

export function toWhere(query: SessionQuery): Where {
  const { state, ids } = query;
  const where = filter(query);
  if (ids !== undefined) where.and('id IN (SELECT value FROM json_each(?))', JSON.stringify(ids));
  if (state === undefined) return where;
  if (state.is === 'ended') return where.and('ended_at IS NOT NULL');
  if (state.is === 'live') return andLive(where, state.at, state.lateMs);
  return where
    .and('ended_at IS NULL')
    .and('(expires_at <= ? OR idle_expires_at <= ?)', state.at, state.at);
}

const andLive = (where: Where, at: Date, lateMs = 0): Where =>
  where
    .and('ended_at IS NULL')
    .and('expires_at > ?', at)
    .and('idle_expires_at > ?', at.getTime() - lateMs);

export const toLiveWhere = (at: Date, by: LiveSessionsBy): Where =>
  andLive(filter(by), at)
    .andIfSet('last_seen_at >= ?', by.seenFrom)
    .andIfSet('last_seen_at < ?', by.seenBefore);

/** What is written behind would make a session live again in the lists. */
export const toEndedWhere = (ended: EndedSessions, at: Date): Where =>
  andLive(filter(ended), at, touchLateMs)
    .andIfSet('user_version < ?', ended.openedBelow?.user)
    .andIfSet('application_version < ?', ended.openedBelow?.application)
    .andIfSet('issuer_version < ?', ended.openedBelow?.issuer)
    .andIfSet('id <> ?', ended.exceptId);

const orders: Record<string, string> = { createdAt: 'created_at', lastSeenAt: 'last_seen_at' };

export function toOrder(sort: SessionSort = '-createdAt'): Order {
  const descending = sort.startsWith('-');
  const column = orders[descending ? sort.slice(1) : sort];
  if (column === undefined) throw new RangeError(`no such sort: ${sort}`);
  return { column, type: 'number', descending, tie: 'id' };
}
