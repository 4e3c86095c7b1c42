/** What every SessionsStore says of sessions to operators: by state, by activity, and over time. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { InvalidCursorError } from '../../src/storage/page.js';
import { stateOf, type Session } from '../../src/tokens/sessions/session.js';
import type { SessionQuery, SessionsStore } from '../../src/tokens/sessions/sessions.store.js';
import type { UsersStore } from '../../src/users/users.store.js';
import { readPages } from '../support/pages.js';
import { at, newSession } from '../support/rows.js';
import { describeStores } from '../support/stores.js';
import { repeat } from '../support/together.js';

const idsOf = (rows: readonly Session[]): string[] => rows.map((row) => row.id);

describeStores('SessionsStore.list', (open) => {
  let sessions: SessionsStore;
  let users: UsersStore;
  beforeEach(async () => {
    ({ sessions, users } = await open());
  });

  describe('of sessions in every state', () => {
    const now = at(1_000);
    const rows = repeat(24, (n) => {
      const kind = n % 4;
      return newSession(`s${(n * 7) % 24}`, {
        userId: n % 2 === 0 ? 'ada' : 'bob',
        application: n % 3 === 0 ? 'web' : 'phone',
        createdAt: at(n),
        // Two at a time were seen in the same moment, and not in the order in which they began.
        lastSeenAt: at(500 - Math.floor(n / 2)),
        expiresAt: kind === 1 ? at(1_000) : at(9_000),
        idleExpiresAt: kind === 2 ? at(1_000) : at(8_000),
        end: kind === 3 ? { at: at(600), reason: 'logout', by: 'ada' } : null,
      });
    });
    beforeEach(async () => {
      for (const row of rows) await sessions.insert(row);
    });
    const found = async (query: Partial<SessionQuery>): Promise<string[]> => {
      const page = await sessions.list({ limit: 200, ...query });
      expect(page.total).toBe(page.rows.length);
      return idsOf(page.rows).sort();
    };
    const where = (test: (row: Session) => boolean): string[] => idsOf(rows.filter(test)).sort();

    it.each(['live', 'expired', 'ended'] as const)(
      '%s ones are those, and no others',
      async (is) => {
        const state = { is, at: now };
        const matches = (row: Session): boolean => stateOf(row, now) === is;
        expect(where(matches)).toHaveLength(is === 'expired' ? 12 : 6);
        expect(await found({ state })).toEqual(where(matches));
        expect(await found({ state, application: 'web', userId: 'bob' })).toEqual(
          where((row) => matches(row) && row.application === 'web' && row.userId === 'bob'),
        );
      },
    );

    it('live ones, when news may be late, are also those that have just run out idle', async () => {
      const late = (lateMs: number): Promise<string[]> =>
        found({ state: { is: 'live', at: at(1_060), lateMs } });
      const isLive = (row: Session): boolean => stateOf(row, now) === 'live';
      const ranOut = (row: Session): boolean =>
        row.end === null && row.expiresAt > now && row.idleExpiresAt <= now;
      expect(where(ranOut)).toHaveLength(6);
      expect(await late(60_000)).toEqual(where(isLive));
      expect(await late(60_001)).toEqual(where((row) => isLive(row) || ranOut(row)));
    });

    it('named ones are those, in a state too', async () => {
      const ids = ['s0', 's7', 's21', 'nothing'];
      expect(await found({ ids })).toEqual(['s0', 's21', 's7']);
      expect(await found({ ids, state: { is: 'live', at: now } })).toEqual(['s0']);
      expect(await found({ ids, userId: 'bob' })).toEqual(['s21', 's7']);
      expect(await found({ ids: [] })).toEqual([]);
    });

    it.each(['lastSeenAt', '-lastSeenAt', 'createdAt', '-createdAt'] as const)(
      'by %s are in order, the same in pages of any size',
      async (sort) => {
        const descending = sort.startsWith('-');
        const field = descending ? sort.slice(1) : sort;
        const valueOf = (row: Session): number => row[field as 'createdAt'].getTime();
        const all = (await sessions.list({ limit: 200, sort })).rows;
        const values = all.map(valueOf);
        expect(values).toEqual([...values].sort((a, b) => (descending ? b - a : a - b)));
        for (const limit of [1, 5, 24]) {
          const query = { sort, state: { is: 'expired', at: now } } as const;
          const paged = await readPages(
            (request) => sessions.list({ ...query, ...request }),
            limit,
          );
          expect(idsOf(paged)).toEqual(idsOf(all.filter((row) => stateOf(row, now) === 'expired')));
        }
      },
    );

    it('of one order begin nowhere in another, nor in the users', async () => {
      for (const sort of ['lastSeenAt', '-lastSeenAt', 'createdAt', '-createdAt'] as const) {
        const cursor = (await sessions.list({ limit: 1, sort })).nextCursor ?? '';
        expect((await sessions.list({ limit: 1, sort, cursor })).rows).toHaveLength(1);
        for (const other of ['lastSeenAt', '-lastSeenAt', 'createdAt', '-createdAt'] as const) {
          if (other === sort) continue;
          const page = sessions.list({ limit: 1, sort: other, cursor });
          await expect(page).rejects.toThrow(InvalidCursorError);
        }
        const elsewhere = users.list({
          limit: 1,
          sort: sort === 'createdAt' ? sort : '-createdAt',
          cursor,
        });
        await expect(elsewhere).rejects.toThrow(InvalidCursorError);
      }
    });

    it('that are seen meanwhile are not repeated by the pages that follow', async () => {
      const paged = await readPages(
        (request) => sessions.list({ sort: '-lastSeenAt', ...request }),
        4,
        async (page) => {
          const touched = rows[23 - page]!;
          await sessions.touch([
            { id: touched.id, lastSeenAt: at(900 + page), idleExpiresAt: at(8_100) },
          ]);
        },
      );
      expect(new Set(idsOf(paged)).size).toBe(paged.length);
    });

    it('are counted by when they were seen, by user, and for a user', async () => {
      const isLive = (row: Session): boolean => stateOf(row, now) === 'live';
      const seen = { seenFrom: at(495), seenBefore: at(499) };
      expect(await sessions.countLive(now, seen)).toBe(
        rows.filter((row) => isLive(row) && row.lastSeenAt >= at(495) && row.lastSeenAt < at(499))
          .length,
      );
      expect(await sessions.countLive(now, { application: 'phone', ...seen })).toBe(2);
      expect(await sessions.countLive(now, { application: 'web', ...seen })).toBe(0);
      expect(await sessions.countLiveUsers(now)).toBe(1);
      expect(await sessions.countLiveUsers(at(900))).toBe(2);
      expect(await sessions.countLiveUsers(at(9_000))).toBe(0);
      expect(await sessions.activityOf(['bob', 'ada', 'nobody'], now)).toEqual(
        new Map([
          ['ada', { liveSessions: 6, lastSeenAt: at(500) }],
          ['bob', { liveSessions: 0, lastSeenAt: at(500) }],
        ]),
      );
      expect(await sessions.activityOf([], now)).toEqual(new Map());
    });
  });

  it('says how many were live at moments of the past', async () => {
    const lives: [begun: number, idle: number, ended?: number][] = [
      [0, 100],
      [10, 20],
      [10.001, 19.999],
      [5, 500, 15],
      [20, 500],
      [30, 30.5],
      [-50, 9],
      [-50, 10],
      // What is written behind may be later than the end.
      [12, 13, 14],
    ];
    for (const [n, [begun, idle, ended]] of lives.entries()) {
      await sessions.insert(
        newSession(`s${n}`, {
          createdAt: at(begun),
          idleExpiresAt: at(idle),
          end: ended === undefined ? null : { at: at(ended), reason: 'logout', by: 'ada' },
        }),
      );
    }
    const moments = [10, 20, 30, 40];
    const expected = moments.map(
      (moment) =>
        lives.filter(([begun, idle, ended = Infinity]) => {
          return begun <= moment && Math.min(idle, ended) > moment;
        }).length,
    );
    expect(expected).toEqual([3, 2, 3, 2]);
    expect(await sessions.countLiveThen(moments.map(at))).toEqual(expected);
    expect(await sessions.countLiveThen([at(15)])).toEqual([3]);
    expect(await sessions.countLiveThen([])).toEqual([]);
  });

  it('is found by how its id begins, unless another begins so', async () => {
    for (const id of ['abc1', 'abc2', 'abd', 'a.c']) await sessions.insert(newSession(id));
    expect((await sessions.findByPrefix('abd'))?.id).toBe('abd');
    expect((await sessions.findByPrefix('abc2'))?.id).toBe('abc2');
    for (const prefix of ['abc', 'ab', 'x', 'a.d', 'abd0']) {
      expect(await sessions.findByPrefix(prefix)).toBeNull();
    }
  });

  it('says whose came from an address, each once', async () => {
    for (const [n, userId] of ['ada', 'ada', 'bob', 'eve'].entries()) {
      const ip = userId === 'eve' ? '2001:db8::2' : '2001:db8::1';
      await sessions.insert(newSession(`s${n}`, { userId, ip }));
    }
    expect([...(await sessions.usersFrom('2001:db8::1', 10))].sort()).toEqual(['ada', 'bob']);
    expect(await sessions.usersFrom('2001:db8::1', 1)).toHaveLength(1);
    expect(await sessions.usersFrom('2001:db8::', 10)).toEqual([]);
  });
});
