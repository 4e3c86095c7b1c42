import type { AuditEntry } from '../../audit/audit-entry.js';
import { CsvTable } from '../csv/csv-table.js';

export const auditTable = new CsvTable<AuditEntry>('audit', 'audit.export', [
  ['id', (entry) => entry.id],
  ['at', (entry) => entry.at],
  ['actorType', (entry) => entry.actor.type],
  ['actorId', (entry) => entry.actor.id],
  ['action', (entry) => entry.action],
  ['targetType', (entry) => entry.target?.type ?? null],
  ['targetId', (entry) => entry.target?.id ?? null],
  ['result', (entry) => entry.result],
  ['reason', (entry) => entry.reason],
  ['ip', (entry) => entry.ip],
  ['requestId', (entry) => entry.requestId],
  ['changes', (entry) => entry.changes && JSON.stringify(entry.changes)],
  ['revocationId', (entry) => entry.revocation?.id ?? null],
  ['durationMs', (entry) => entry.revocation?.durationMs ?? null],
]);
