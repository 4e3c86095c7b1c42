/** What every SessionsStore keeps to: an ended session stays ended, and times never go back. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { InvalidCursorError } from '../../src/storage/page.js';
import { DuplicateError } from '../../src/storage/storage.errors.js';
import type { Session, SessionEnd } from '../../src/tokens/sessions/session.js';
import {
  touchLateMs,
  type SessionQuery,
  type SessionsStore,
} from '../../src/tokens/sessions/sessions.store.js';
import { when } from '../support/conditions.js';
import { forgedCursors, readPages } from '../support/pages.js';
import { at, newSession } from '../support/rows.js';
import { describeStores } from '../support/stores.js';
import { repeat, together } from '../support/together.js';

const idsOf = (rows: readonly Session[]): string[] => rows.map((row) => row.id);
const logout: SessionEnd = { at: at(100), reason: 'logout', by: 'ada' };

describeStores('SessionsStore', (open) => {
  let sessions: SessionsStore;
  let elsewhere: SessionsStore;

  beforeEach(async () => {
    const stores = await open();
    sessions = stores.sessions;
    elsewhere = (await stores.otherNode()).sessions;
  });

  describe('rows', () => {
    it('gives back what was put in', async () => {
      const plain = newSession('s1');
      const full = newSession('s2', {
        userId: 'bob’s',
        application: 'äpp $x',
        createdAt: at(0.001),
        ip: '2001:db8::1',
        userAgent: 'x'.repeat(500) + '" \' 名前 😀 {"$gt":""}',
        end: { at: at(1.234), reason: 'revoked_by_admin', by: 'cli' },
      });
      const empty = newSession('s3', { ip: '', userAgent: '', createdAt: at(-1) });
      for (const session of [plain, full, empty]) {
        await sessions.insert(session);
        expect(await elsewhere.findById(session.id)).toEqual(session);
      }
      expect((await sessions.list({ limit: 5 })).rows).toEqual([full, plain, empty]);
    });

    it('finds nothing that is not there', async () => {
      await sessions.insert(newSession('s1'));
      expect(await sessions.findById('s2')).toBeNull();
      expect(await sessions.readVersion('s2')).toBeNull();
      expect(await sessions.readVersion('S1')).toBeNull();
      expect(await sessions.end('s2', when(1), logout)).toBe(false);
    });

    it('does not take an id a second time', async () => {
      await sessions.insert(newSession('s1'));
      await sessions.end('s1', when(1), logout);
      const second = sessions.insert(newSession('s1'));
      await expect(second).rejects.toThrow(new DuplicateError('id'));
      expect(await sessions.readVersion('s1')).toBe(2);
    });

    it.each([{ $ne: null }, ['s1'], null])('takes %j for no id', async (forged) => {
      await sessions.insert(newSession('s1'));
      const id = forged as unknown as string;
      const { values } = await together<unknown>([
        () => sessions.findById(id),
        () => sessions.readVersion(id),
        () => sessions.end(id, when(1), logout),
        () => sessions.touch([{ id, lastSeenAt: at(5), idleExpiresAt: at(605) }]),
      ]);
      expect(values.filter(Boolean)).toEqual([]);
      expect(await sessions.findById('s1')).toEqual(newSession('s1'));
    });
  });

  describe('end', () => {
    beforeEach(() => sessions.insert(newSession('s1')));

    it('raises the version from 1 to 2, once', async () => {
      expect(await sessions.readVersion('s1')).toBe(1);
      expect(await sessions.end('s1', when(1), logout)).toBe(true);
      expect(await elsewhere.readVersion('s1')).toBe(2);
      const later = { at: at(200), reason: 'revoked_by_admin', by: 'bob' };
      expect(await elsewhere.end('s1', when(1), later)).toBe(false);
      expect(await sessions.findById('s1')).toEqual(newSession('s1', { end: logout }));
    });

    it('belongs to exactly one of ten who want it at once', async () => {
      const { values, errors } = await together(
        repeat(10, (n) => () => {
          const store = n % 2 === 0 ? sessions : elsewhere;
          return store.end('s1', when(1), { ...logout, by: `user${n}` });
        }),
      );
      expect(errors).toEqual([]);
      expect(values.filter(Boolean)).toHaveLength(1);
      const by = `user${values.indexOf(true)}`;
      expect(await sessions.findById('s1')).toMatchObject({ end: { ...logout, by } });
    });

    it('holds whatever is written behind, even at the same moment', async () => {
      const touch = { id: 's1', lastSeenAt: at(300), idleExpiresAt: at(900) };
      await Promise.all([
        sessions.touch([touch]),
        elsewhere.end('s1', when(1), logout),
        sessions.touch([touch]),
      ]);
      await sessions.touch([{ id: 's1', lastSeenAt: at(400), idleExpiresAt: at(1000) }]);
      expect(await sessions.readVersion('s1')).toBe(2);
      expect(await sessions.findById('s1')).toMatchObject({ end: logout });
      expect((await sessions.list({ limit: 5, state: { is: 'live', at: at(500) } })).rows).toEqual(
        [],
      );
      expect(await sessions.countLive(at(500))).toBe(0);
    });
  });

  describe('endAll', () => {
    beforeEach(async () => {
      for (const [n, userId] of ['ada', 'ada', 'bob', 'ada', 'bob'].entries()) {
        const application = n < 3 ? 'web' : 'phone';
        await sessions.insert(newSession(`s${n}`, { userId, application, createdAt: at(n) }));
      }
      await sessions.insert(
        newSession('ended', { createdAt: at(-1), end: { ...logout, by: 'x' } }),
      );
      await sessions.insert(newSession('over', { createdAt: at(-2), expiresAt: at(50) }));
    });
    const endedBy = async (): Promise<string[]> => {
      const { rows } = await elsewhere.list({ limit: 50 });
      return idsOf(rows.filter((row) => row.end?.by === logout.by)).sort();
    };

    it.each([
      ['a user', { userId: 'ada' }, ['s0', 's1', 's3']],
      ['an application', { application: 'phone' }, ['s3', 's4']],
      ['a user’s in an application', { userId: 'ada', application: 'web' }, ['s0', 's1']],
      ['everybody', {}, ['s0', 's1', 's2', 's3', 's4']],
      ['a user, but one', { userId: 'ada', exceptId: 's1' }, ['s0', 's3']],
      ['everybody, but one', { exceptId: 's4' }, ['s0', 's1', 's2', 's3']],
      ['nobody', { userId: 'eve' }, []],
    ])('ends every live session of %s', async (_, filter, expected) => {
      expect(await sessions.endAll(filter, logout)).toBe(expected.length);
      expect(await endedBy()).toEqual(expected);
      for (const id of expected) expect(await elsewhere.readVersion(id)).toBe(2);
      expect(await sessions.endAll(filter, logout)).toBe(0);
      expect(await sessions.findById('ended')).toMatchObject({ end: { by: 'x' } });
    });

    it.each(['user', 'application', 'issuer'] as const)(
      'leaves a session that was opened with the new version of the %s, whatever clocks say',
      async (of) => {
        for (const [id, version, seconds] of [
          ['long before', 5, 0],
          ['just before', 6, 100.001],
          ['just after', 7, 99.999],
          ['long after', 8, 200],
        ] as const) {
          const openedWith = { user: 3, application: 3, issuer: 3, [of]: version };
          const given = { userId: 'eve', openedWith, createdAt: at(seconds) };
          await sessions.insert(newSession(id, given));
        }
        const ended = { userId: 'eve', openedBelow: { [of]: 7 } };
        expect(await sessions.endAll(ended, logout)).toBe(2);
        expect(await endedBy()).toEqual(['just before', 'long before']);
        expect(await sessions.endAll(ended, logout)).toBe(0);
      },
    );

    it('ends what may have been active on another node, and nothing longer idle', async () => {
      expect(touchLateMs).toBe(120_000);
      for (const seconds of [-20.001, -20, -19.999, 99]) {
        const given = { userId: 'eve', idleExpiresAt: at(seconds) };
        await sessions.insert(newSession(`idle at ${seconds}`, given));
      }
      expect(await sessions.endAll({ userId: 'eve' }, logout)).toBe(2);
      expect(await endedBy()).toEqual(['idle at -19.999', 'idle at 99']);
    });

    it('ends more than fit into one batch', async () => {
      const many = repeat(1_050, (n) => newSession(`many${n}`, { userId: 'max' }));
      for (let n = 0; n < many.length; n += 50) {
        await Promise.all(many.slice(n, n + 50).map((session) => sessions.insert(session)));
      }
      expect(await sessions.endAll({ userId: 'max' }, logout)).toBe(many.length);
      expect(await sessions.countLive(at(99), { userId: 'max' })).toBe(0);
    });
  });

  describe('touch', () => {
    beforeEach(() => sessions.insert(newSession('s1', { lastSeenAt: at(10) })));
    const times = async (id: string): Promise<(Date | undefined)[]> => {
      const session = await elsewhere.findById(id);
      return [session?.lastSeenAt, session?.idleExpiresAt];
    };

    it('moves times on, never back, and changes nothing else', async () => {
      await sessions.touch([{ id: 's1', lastSeenAt: at(60), idleExpiresAt: at(660) }]);
      const expected = newSession('s1', { lastSeenAt: at(60), idleExpiresAt: at(660) });
      expect(await elsewhere.findById('s1')).toEqual(expected);
      await sessions.touch([{ id: 's1', lastSeenAt: at(59), idleExpiresAt: at(659) }]);
      expect(await times('s1')).toEqual([at(60), at(660)]);
      await sessions.touch([{ id: 's1', lastSeenAt: at(61), idleExpiresAt: at(100) }]);
      expect(await times('s1')).toEqual([at(61), at(660)]);
      await sessions.touch([{ id: 's1', lastSeenAt: at(1), idleExpiresAt: at(700) }]);
      expect(await times('s1')).toEqual([at(61), at(700)]);
    });

    it('takes a batch with strangers, repeats and nothing in it', async () => {
      await sessions.insert(newSession('s2'));
      await sessions.touch([]);
      await sessions.touch([
        { id: 'stranger', lastSeenAt: at(60), idleExpiresAt: at(660) },
        { id: 's1', lastSeenAt: at(70), idleExpiresAt: at(670) },
        { id: 's2', lastSeenAt: at(80), idleExpiresAt: at(680) },
        { id: 's1', lastSeenAt: at(65), idleExpiresAt: at(665) },
      ]);
      expect(await times('s1')).toEqual([at(70), at(670)]);
      expect(await times('s2')).toEqual([at(80), at(680)]);
      expect(await sessions.findById('stranger')).toBeNull();
      expect((await sessions.list({ limit: 5 })).total).toBe(2);
    });

    it('ends at the latest time, in whatever order batches arrive', async () => {
      const batches = repeat(20, (n) => ((n * 7) % 20) * 60);
      await Promise.all(
        batches.map((seconds, n) => {
          const store = n % 2 === 0 ? sessions : elsewhere;
          const idleExpiresAt = at(seconds + 600);
          return store.touch([{ id: 's1', lastSeenAt: at(seconds), idleExpiresAt }]);
        }),
      );
      expect(await times('s1')).toEqual([at(19 * 60), at(19 * 60 + 600)]);
    });
  });

  describe('lists', () => {
    const ips = ['203.0.113.7', '203.0.113.70', '2001:db8::1'];
    beforeEach(async () => {
      for (let n = 0; n < 18; n += 1) {
        const session = newSession(`s${(n * 5) % 18}`, {
          userId: n % 2 === 0 ? 'ada' : 'bob',
          application: n % 3 === 0 ? 'web' : 'phone',
          ip: ips[n % 3]!,
          // Three at a time share a moment.
          createdAt: at(Math.floor(n / 3)),
          expiresAt: at(1000 + n),
          idleExpiresAt: at(n < 9 ? 500 : 900),
          end: n % 6 === 5 ? logout : null,
        });
        await sessions.insert(session);
      }
    });
    const where = (test: (n: number) => boolean): string[] =>
      repeat(18, (n) => n)
        .filter(test)
        .map((n) => `s${(n * 5) % 18}`)
        .sort();
    const found = async (query: Partial<SessionQuery>): Promise<string[]> => {
      const { rows, total } = await sessions.list({ limit: 200, ...query });
      expect(total).toBe(rows.length);
      return idsOf(rows).sort();
    };

    it('are newest first, the same in pages of any size', async () => {
      const { rows } = await sessions.list({ limit: 200 });
      const created = rows.map((row) => row.createdAt.getTime());
      expect(created).toEqual([...created].sort((a, b) => b - a));
      for (const limit of [1, 2, 4, 17, 18, 19]) {
        const paged = await readPages((request) => sessions.list(request), limit);
        expect(idsOf(paged)).toEqual(idsOf(rows));
      }
    });

    it('lose and repeat nothing while sessions begin', async () => {
      const before = idsOf((await sessions.list({ limit: 200 })).rows);
      const paged = await readPages(
        (request) => sessions.list(request),
        2,
        async (page) => {
          await sessions.insert(newSession(`new${page}`, { createdAt: at(page % 6) }));
          await sessions.insert(newSession(`newest${page}`, { createdAt: at(100 + page) }));
        },
      );
      expect(new Set(idsOf(paged)).size).toBe(paged.length);
      expect(idsOf(paged)).toEqual(expect.arrayContaining(before));
    });

    it('are filtered by each and by all', async () => {
      expect(await found({ userId: 'ada' })).toEqual(where((n) => n % 2 === 0));
      expect(await found({ application: 'web' })).toEqual(where((n) => n % 3 === 0));
      expect(await found({ ip: ips[0]! })).toEqual(where((n) => n % 3 === 0));
      expect(await found({ state: { is: 'live', at: at(99) } })).toEqual(where((n) => n % 6 !== 5));
      expect(await found({ state: { is: 'live', at: at(700) } })).toEqual(
        where((n) => n >= 9 && n % 6 !== 5),
      );
      expect(
        await found({
          userId: 'bob',
          application: 'phone',
          ip: ips[1]!,
          state: { is: 'live', at: at(99) },
        }),
      ).toEqual(where((n) => n % 2 === 1 && n % 3 === 1 && n % 6 !== 5));
      for (const text of ['', 'ad', 'ADA', '%', '203.0.113.']) {
        expect(await found({ userId: text })).toEqual([]);
        expect(await found({ ip: text })).toEqual([]);
      }
    });

    it('count the whole filter on every page', async () => {
      const first = await sessions.list({ limit: 2, userId: 'ada' });
      expect(first.total).toBe(9);
      const second = await sessions.list({ limit: 2, userId: 'ada', cursor: first.nextCursor! });
      expect(second.total).toBe(9);
    });

    it('count who is live, whoever it is, his, and in an application', async () => {
      expect(await sessions.countLive(at(99))).toBe(15);
      expect(await sessions.countLive(at(99), {})).toBe(15);
      expect(await sessions.countLive(at(99), { userId: 'ada' })).toBe(9);
      expect(await sessions.countLive(at(99), { userId: 'bob', application: 'web' })).toBe(3);
      expect(await sessions.countLive(at(700), { application: 'phone' })).toBe(4);
    });

    it('are live until an end, and not at it', async () => {
      const one = newSession('one', { userId: 'eve', idleExpiresAt: at(60), expiresAt: at(50) });
      const two = newSession('two', { userId: 'eve', idleExpiresAt: at(50), expiresAt: at(60) });
      await sessions.insert(one);
      await sessions.insert(two);
      expect(await found({ userId: 'eve', state: { is: 'live', at: at(49.999) } })).toEqual([
        'one',
        'two',
      ]);
      expect(await found({ userId: 'eve', state: { is: 'live', at: at(50) } })).toEqual([]);
      expect(await sessions.countLive(at(49.999), { userId: 'eve' })).toBe(2);
      expect(await sessions.countLive(at(50), { userId: 'eve' })).toBe(0);
    });

    it('refuse forged cursors', async () => {
      const { nextCursor } = await sessions.list({ limit: 1 });
      for (const cursor of forgedCursors(nextCursor)) {
        await expect(sessions.list({ limit: 1, cursor })).rejects.toThrow(InvalidCursorError);
      }
    });
  });
});
