/** How a session is kept in SQLite. */
import type { SqliteRow } from '../../../storage/sqlite/row.js';
import type { Columns } from '../../../storage/sqlite/sql.js';
import type { Session, SessionEnd } from '../session.js';

export const toColumns = (session: Session): Columns => ({
  id: session.id,
  user_id: session.userId,
  application: session.application,
  created_at: session.createdAt,
  user_version: session.openedWith.user,
  application_version: session.openedWith.application,
  issuer_version: session.openedWith.issuer,
  expires_at: session.expiresAt,
  idle_expires_at: session.idleExpiresAt,
  last_seen_at: session.lastSeenAt,
  ip: session.ip,
  user_agent: session.userAgent,
  ended_at: session.end?.at ?? null,
  end_reason: session.end?.reason ?? null,
  ended_by: session.end?.by ?? null,
});

export const toSession = (row: SqliteRow): Session => ({
  id: row.text('id'),
  userId: row.text('user_id'),
  application: row.text('application'),
  createdAt: row.date('created_at'),
  openedWith: {
    user: row.number('user_version'),
    application: row.number('application_version'),
    issuer: row.number('issuer_version'),
  },
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
