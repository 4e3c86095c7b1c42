/** Lists of many: the same pages, though each engine takes a shorter way to them than for few. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { SessionQuery, SessionsStore } from '../../src/tokens/sessions/sessions.store.js';
import { readPages } from '../support/pages.js';
import { at, newSession } from '../support/rows.js';
import { describeStores } from '../support/stores.js';
import { repeat } from '../support/together.js';

const count = 2_600;

describeStores('a list of 2,600', (open) => {
  let sessions: SessionsStore;
  // Most are of one kind; few of the others, and those at one end.
  const rows = repeat(count, (n) =>
    newSession(`s${String((n * 997) % count).padStart(4, '0')}`, {
      application: n > 2_550 ? 'rare' : 'common',
      // Half of them share one moment.
      createdAt: at(n % 2 === 0 ? 0 : n),
      lastSeenAt: at(count - n),
      idleExpiresAt: at(n < 2_400 ? 9_000 : 1),
    }),
  );
  beforeEach(async () => {
    sessions = (await open()).sessions;
    for (let begin = 0; begin < count; begin += 100) {
      await Promise.all(rows.slice(begin, begin + 100).map((row) => sessions.insert(row)));
    }
  }, 60_000);

  const cases: Partial<SessionQuery>[] = [
    {},
    { sort: 'createdAt' },
    { sort: '-lastSeenAt' },
    { sort: 'lastSeenAt', application: 'common' },
    { sort: '-lastSeenAt', application: 'rare' },
    { sort: '-createdAt', state: { is: 'live', at: at(10) } },
    { sort: '-lastSeenAt', state: { is: 'expired', at: at(10) } },
  ];

  it('is the same in pages as in one piece, in order, by every sort and filter', async () => {
    for (const query of cases) {
      const { application, state, sort = '-createdAt' } = query;
      const field = sort.replace('-', '') as 'createdAt' | 'lastSeenAt';
      const sign = sort.startsWith('-') ? -1 : 1;
      const expected = rows
        .filter((row) => application === undefined || row.application === application)
        .filter(
          (row) => state === undefined || row.idleExpiresAt > state.at === (state.is === 'live'),
        )
        .sort((a, b) => sign * (a[field].getTime() - b[field].getTime() || (a.id < b.id ? -1 : 1)))
        .map(({ id }) => id);
      const first = await sessions.list({ limit: 50, ...query });
      expect(first.total).toBe(expected.length);
      expect(first.rows.map(({ id }) => id)).toEqual(expected.slice(0, 50));
      const paged = await readPages((request) => sessions.list({ ...query, ...request }), 200);
      expect(paged.map(({ id }) => id)).toEqual(expected);
    }
  }, 60_000);

  describe('by its last page', () => {
    it('ends', async () => {
      const { nextCursor } = await sessions.list({ limit: count });
      expect(nextCursor).toBeNull();
    });
  });
});
