/** What is particular to the audit log in SQLite; what all stores keep to is in test/contract. */
import { describe, expect, it } from '@jest/globals';
import type { Revocation } from '@portcullis/auth';
import { at, newEntry } from '../../test/support/rows.js';
import { databases, plansOf } from '../../test/support/sqlite.js';
import type { AuditQuery } from './audit.store.js';
import { SqliteAuditStore } from './audit.store.sqlite.js';

const open = databases();
const revocation: Revocation = {
  id: 'r1',
  scope: 'user',
  reason: 'stolen',
  effectiveAt: at(0),
  durationMs: 3,
  nodes: [],
};

describe('lists of audit entries', () => {
  it.each<[Partial<AuditQuery>, string]>([
    [{}, 'audit_by_at'],
    [{ actor: 'ada' }, 'audit_by_actor'],
    [{ target: 'bob' }, 'audit_by_target'],
    [{ action: 'user.suspend' }, 'audit_by_action'],
    [{ from: at(-5), to: at(5) }, 'audit_by_at'],
    [{ revocations: true }, 'audit_of_revocations'],
    [{ actor: 'ada', from: at(-5) }, 'audit_by_actor'],
  ])('of %j are counted and read by an index, in its order', async (query, index) => {
    const database = open();
    const audit = new SqliteAuditStore(database);
    for (const id of ['e1', 'e2', 'e3']) await audit.append(newEntry(id, { revocation }));
    const cursor = (await audit.list({ ...query, limit: 1 })).nextCursor ?? '';
    const [, first] = await plansOf(database, () => audit.list({ ...query, limit: 1 }));
    const [count, second] = await plansOf(database, () =>
      audit.list({ ...query, limit: 1, cursor }),
    );
    expect(count).toContain('INDEX');
    expect(first).toContain(`INDEX ${index}`);
    expect(second).toContain(`SEARCH audit USING INDEX ${index}`);
    expect([first, second].join()).not.toContain('TEMP B-TREE FOR ORDER BY');
  });
});
