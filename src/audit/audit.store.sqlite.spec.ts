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
    [{ result: 'success' }, 'audit_by_result'],
    [{ ip: '203.0.113.7' }, 'audit_by_ip'],
    [{ requestId: 'r1' }, 'audit_by_request'],
    [{ action: 'user.suspend', result: 'success' }, 'audit_by_outcome'],
    [{ actor: 'ada', action: 'user.suspend', result: 'success' }, 'audit_by_actor'],
    [{ ip: '203.0.113.7', action: 'user.suspend' }, 'audit_by_ip'],
    [{ requestId: 'r1', result: 'success', from: at(-5) }, 'audit_by_request'],
  ])('of %j are counted and read by an index, in its order', async (query, index) => {
    const database = open();
    const audit = new SqliteAuditStore(database);
    const given = { revocation, ip: '203.0.113.7', requestId: 'r1' };
    for (const id of ['e1', 'e2', 'e3']) await audit.append(newEntry(id, given));
    const cursor = (await audit.list({ ...query, limit: 1 })).nextCursor ?? '';
    const [, first] = await plansOf(database, () => audit.list({ ...query, limit: 1 }));
    const [count, second] = await plansOf(database, () =>
      audit.list({ ...query, limit: 1, cursor }),
    );
    expect(count).toContain('INDEX');
    expect(first).toContain(`INDEX ${index}`);
    expect(second).toMatch(new RegExp(`SEARCH audit USING (COVERING )?INDEX ${index} `));
    expect([first, second].join()).not.toContain('TEMP B-TREE FOR ORDER BY');
  });
});

it('what is new, and how much there was of one kind, are found by indexes', async () => {
  const database = open();
  const audit = new SqliteAuditStore(database);
  const reader = await audit.readFrom('0');
  const failed = { action: 'session.login', result: 'failure' } as const;
  const plans = await plansOf(database, async () => {
    await reader.next(10);
    await audit.count({ ...failed, from: at(0), stretchMs: 1_000, stretches: 3 });
  });
  expect(plans[0]).toBe('SEARCH audit USING INTEGER PRIMARY KEY (rowid>?)');
  expect(plans[1]).toContain('SEARCH audit USING COVERING INDEX audit_by_outcome');
});
