import type { AuditEntry } from '../audit/audit-entry.js';

/** What an audit entry says of a change: `[before, after]` of each field that differs; null for none. */
export function changedFields<T extends object>(
  before: Partial<T>,
  after: Partial<T>,
  fields: readonly (keyof T & string)[],
): AuditEntry['changes'] {
  const changed = fields
    .map((field) => [field, [before[field] ?? null, after[field] ?? null]] as const)
    .filter(([, [old, current]]) => JSON.stringify(old) !== JSON.stringify(current));
  return changed.length === 0 ? null : Object.fromEntries(changed);
}
