/** What every AuditStore keeps to: entries as they were appended, newest first, in a fixed order. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Revocation } from '@portcullis/auth';
import type { AuditEntry } from '../../src/audit/audit-entry.js';
import type { AuditQuery, AuditStore } from '../../src/audit/audit.store.js';
import { InvalidCursorError } from '../../src/storage/page.js';
import { forgedCursors, readPages } from '../support/pages.js';
import { at, newEntry } from '../support/rows.js';
import { describeStores } from '../support/stores.js';
import { repeat } from '../support/together.js';

const idsOf = (rows: readonly AuditEntry[]): string[] => rows.map((row) => row.id);

const revocation: Revocation = {
  id: 'r1',
  scope: 'user',
  reason: 'spam',
  effectiveAt: at(2.345),
  durationMs: 12.5,
  nodes: [
    { id: 'n1', kind: 'server', acknowledgedAfterMs: 1.25 },
    { id: 'n2', kind: 'server', leaseEnded: true },
  ],
};

describeStores('AuditStore', (open) => {
  let audit: AuditStore;
  let elsewhere: AuditStore;

  beforeEach(async () => {
    const stores = await open();
    audit = stores.audit;
    elsewhere = (await stores.otherNode()).audit;
  });

  describe('entries', () => {
    it('come back as they went in', async () => {
      const entries = [
        newEntry('e1'),
        newEntry('e2', {
          at: at(1.001),
          actor: { type: 'application', id: 'äpp $x' },
          action: 'user.update',
          target: { type: 'user', id: '{"$ne":null}' },
          result: 'failure',
          reason: 'spam ☂\n"\' 名前 😀',
          ip: '2001:db8::1',
          requestId: 'req-1',
          changes: {
            roles: [[], ['admin']],
            displayName: ['Ada', null],
            'policy.accessTokenTtl': [600, 60],
            $enabled: [true, false],
            nested: [{ a: { 'b.c': 1 } }, {}],
          },
          revocation,
        }),
        newEntry('e3', { at: at(2), actor: { type: 'cli', id: null }, target: null, changes: {} }),
      ];
      for (const entry of entries) await audit.append(entry);
      const { rows, total, nextCursor } = await elsewhere.list({ limit: 10 });
      expect(rows).toEqual([...entries].reverse());
      expect(rows[1]?.revocation?.effectiveAt).toBeInstanceOf(Date);
      expect({ total, nextCursor }).toEqual({ total: 3, nextCursor: null });
    });

    it('are not there at first', async () => {
      expect(await audit.list({ limit: 5 })).toEqual({ rows: [], total: 0, nextCursor: null });
    });

    it('are never replaced', async () => {
      await audit.append(newEntry('e1'));
      await expect(audit.append(newEntry('e1', { action: 'other' }))).rejects.toThrow();
      expect((await audit.list({ limit: 5 })).rows).toEqual([newEntry('e1')]);
    });
  });

  describe('order', () => {
    // Ids that do not sort the way they were appended.
    const idOf = (n: number): string => `e${(n * 37) % 101}`;

    it('is that of the appends within the same millisecond, newest first', async () => {
      for (let n = 0; n < 30; n += 1) await audit.append(newEntry(idOf(n), { at: at(0) }));
      const expected = repeat(30, idOf).reverse();
      expect(idsOf((await audit.list({ limit: 100 })).rows)).toEqual(expected);
      expect(idsOf((await elsewhere.list({ limit: 100 })).rows)).toEqual(expected);
    });

    it('is the same in pages of any size', async () => {
      for (let n = 0; n < 30; n += 1) await audit.append(newEntry(idOf(n), { at: at(n % 4) }));
      const { rows } = await audit.list({ limit: 100 });
      const times = rows.map((row) => row.at.getTime());
      expect(times).toEqual([...times].sort((a, b) => b - a));
      for (const limit of [1, 3, 29, 30, 31]) {
        const paged = await readPages((request) => audit.list(request), limit);
        expect(idsOf(paged)).toEqual(idsOf(rows));
      }
    });

    it('loses and repeats nothing while entries are appended, in the same millisecond too', async () => {
      for (let n = 0; n < 12; n += 1) await audit.append(newEntry(idOf(n), { at: at(n % 3) }));
      const before = idsOf((await audit.list({ limit: 100 })).rows);
      const paged = await readPages(
        (request) => audit.list(request),
        2,
        async (page) => {
          await audit.append(newEntry(`new${page}`, { at: at(2) }));
          await elsewhere.append(newEntry(`other${page}`, { at: at(3) }));
        },
      );
      expect(idsOf(paged)).toEqual(before);
    });

    it('holds for entries of several nodes at once', async () => {
      await Promise.all(
        repeat(40, (n) => (n % 2 === 0 ? audit : elsewhere).append(newEntry(idOf(n)))),
      );
      const { rows } = await audit.list({ limit: 100 });
      expect(new Set(idsOf(rows)).size).toBe(40);
      expect(idsOf((await elsewhere.list({ limit: 100 })).rows)).toEqual(idsOf(rows));
      expect(idsOf(await readPages((request) => audit.list(request), 7))).toEqual(idsOf(rows));
    });
  });

  describe('filters', () => {
    beforeEach(async () => {
      for (let n = 0; n < 24; n += 1) {
        const entry = newEntry(`e${n}`, {
          at: at(n),
          actor: n % 2 === 0 ? { type: 'user', id: 'ada' } : { type: 'system', id: null },
          target: n % 3 === 0 ? null : { type: 'user', id: n % 3 === 1 ? 'bob' : 'cy' },
          action: n % 4 === 0 ? 'user.suspend' : 'session.login',
          result: n % 6 === 1 ? 'failure' : 'success',
          ip: n % 2 === 0 ? '203.0.113.7' : null,
          requestId: `request${n % 8}`,
          revocation: n % 5 === 0 ? { ...revocation, id: `r${n}` } : null,
        });
        await audit.append(entry);
      }
    });
    const where = (test: (n: number) => boolean): string[] =>
      repeat(24, (n) => n)
        .filter(test)
        .map((n) => `e${n}`)
        .reverse();
    const found = async (query: Partial<AuditQuery>): Promise<string[]> => {
      const { rows, total } = await audit.list({ limit: 200, ...query });
      expect(total).toBe(rows.length);
      return idsOf(rows);
    };

    it('take each alone', async () => {
      expect(await found({ actor: 'ada' })).toEqual(where((n) => n % 2 === 0));
      expect(await found({ target: 'cy' })).toEqual(where((n) => n % 3 === 2));
      expect(await found({ action: 'user.suspend' })).toEqual(where((n) => n % 4 === 0));
      expect(await found({ result: 'failure' })).toEqual(where((n) => n % 6 === 1));
      expect(await found({ ip: '203.0.113.7' })).toEqual(where((n) => n % 2 === 0));
      expect(await found({ requestId: 'request3' })).toEqual(where((n) => n % 8 === 3));
      expect(await found({ revocations: true })).toEqual(where((n) => n % 5 === 0));
      expect(await found({ revocations: false })).toEqual(where(() => true));
      for (const text of ['', 'ad', 'ADA', '%', 'user.', 'null']) {
        expect(await found({ actor: text })).toEqual([]);
        expect(await found({ target: text })).toEqual([]);
        expect(await found({ action: text })).toEqual([]);
        expect(await found({ ip: text })).toEqual([]);
        expect(await found({ requestId: text })).toEqual([]);
      }
    });

    it('take times from one, inclusive, to another, exclusive', async () => {
      expect(await found({ from: at(20) })).toEqual(where((n) => n >= 20));
      expect(await found({ from: at(19.999) })).toEqual(where((n) => n >= 20));
      expect(await found({ from: at(20.001) })).toEqual(where((n) => n >= 21));
      expect(await found({ to: at(3) })).toEqual(where((n) => n < 3));
      expect(await found({ to: at(3.001) })).toEqual(where((n) => n < 4));
      expect(await found({ from: at(5), to: at(8) })).toEqual(where((n) => n >= 5 && n < 8));
      expect(await found({ from: at(8), to: at(8) })).toEqual([]);
      const long = { from: new Date('0001-01-01T00:00:00Z'), to: new Date('9999-12-31T23:59:59Z') };
      expect(await found(long)).toEqual(where(() => true));
      expect(await found({ to: new Date('1900-01-01T00:00:00Z') })).toEqual([]);
    });

    it('take all together, on every page', async () => {
      const query = { actor: 'ada', action: 'session.login', from: at(2), to: at(23) };
      const expected = where((n) => n % 2 === 0 && n % 4 !== 0 && n >= 2 && n < 23);
      expect(await found(query)).toEqual(expected);
      const paged = await readPages((request) => audit.list({ ...query, ...request }), 2);
      expect(idsOf(paged)).toEqual(expected);
      const first = await audit.list({ ...query, limit: 2 });
      const second = await audit.list({ ...query, limit: 2, cursor: first.nextCursor! });
      expect([first.total, second.total]).toEqual([expected.length, expected.length]);
      const narrow = { ip: '203.0.113.7', requestId: 'request4', result: 'success' } as const;
      expect(await found({ ...narrow, actor: 'ada', action: 'user.suspend' })).toEqual(
        where((n) => n % 8 === 4),
      );
      expect(
        await found({ actor: 'ada', target: 'bob', action: 'user.suspend', revocations: true }),
      ).toEqual(where((n) => n % 4 === 0 && n % 3 === 1 && n % 5 === 0));
    });

    it('refuse forged cursors', async () => {
      const { nextCursor } = await audit.list({ limit: 1 });
      for (const cursor of forgedCursors(nextCursor)) {
        await expect(audit.list({ limit: 1, cursor })).rejects.toThrow(InvalidCursorError);
      }
    });
  });
});
