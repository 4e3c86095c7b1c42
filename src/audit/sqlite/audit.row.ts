/** How an audit entry is kept in SQLite. */
import type { Revocation } from '@portcullis/auth';
import type { SqliteRow } from '../../storage/sqlite/row.js';
import type { Columns } from '../../storage/sqlite/sql.js';
import type { AuditActor, AuditEntry, AuditTarget } from '../audit-entry.js';

export const toColumns = (entry: AuditEntry): Columns => ({
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

export const toEntry = (row: SqliteRow): AuditEntry => ({
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
