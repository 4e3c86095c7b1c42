/** What every RevocationLog keeps to: one order of events for all, and who has heard how much of it. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PollRequest, RevocationLog, Subject } from '@portcullis/auth';
import { setTimeout as sleep } from 'node:timers/promises';
import { entryOf, firstPoll, newEvents, numberedEvents } from '../support/polls.js';
import { describeStores } from '../support/stores.js';
import { repeat } from '../support/together.js';

describeStores('RevocationLog', (open) => {
  let log: RevocationLog;
  let elsewhere: RevocationLog;
  let id: string;

  beforeEach(async () => {
    const stores = await open();
    log = stores.revocationLog;
    elsewhere = (await stores.otherNode()).revocationLog;
    id = (await log.readHead()).log;
  });

  /** In chunks, so that numbers are those of `numberedEvents`. */
  const fill = async (upTo: number, from = 1): Promise<void> => {
    for (let next = from; next <= upTo; next += 300) {
      await log.append(newEvents(Math.min(300, upTo - next + 1), next));
    }
  };
  const poll = (given: Partial<PollRequest> = {}): ReturnType<RevocationLog['poll']> =>
    log.poll(firstPoll('n1', { log: id, ...given }));

  describe('events', () => {
    it('begin at 1 in a log whose name is its own', async () => {
      expect(await log.readHead()).toEqual({ log: id, seq: 0, nodes: [] });
      expect(await elsewhere.readHead()).toEqual({ log: id, seq: 0, nodes: [] });
      expect(id.length).toBeGreaterThanOrEqual(24);
      expect((await (await open()).revocationLog.readHead()).log).not.toBe(id);
      const appended = await log.append(newEvents(2));
      expect(appended).toEqual({
        log: id,
        seq: 2,
        nodes: [],
        at: expect.any(Date),
        logAgeMs: null,
      });
      expect((await poll()).events).toEqual(numberedEvents(1, 2));
    });

    it('are of the database’s time, which goes on', async () => {
      const { at: first } = await log.append(newEvents(1));
      await sleep(20);
      const { at: second } = await elsewhere.append(newEvents(1, 2));
      const passed = second.getTime() - first.getTime();
      expect(passed).toBeGreaterThanOrEqual(15);
      expect(passed).toBeLessThan(10_000);
    });

    it.each<Subject>(['i', 'u:$set', 'c:a.b', 'k:$$NOW', 's:ä 名前😀"\'', `u:${'x'.repeat(512)}`])(
      'give back the subject %s as it is',
      async (subject) => {
        await log.append([{ subject, version: Number.MAX_SAFE_INTEGER }]);
        const events = [{ number: 1, subject, version: Number.MAX_SAFE_INTEGER }];
        expect((await log.poll(firstPoll('n1'))).events).toEqual(events);
        expect((await poll()).events).toEqual(events);
      },
    );

    it('have numbers without holes, and stay together, whoever appends at the same time', async () => {
      const appends = repeat(40, async (n) => {
        const events = repeat(1 + (n % 3), (m) => ({ subject: `u:${n}` as const, version: m + 1 }));
        const { seq } = await (n % 2 === 0 ? log : elsewhere).append(events);
        return events.map((event, m) => ({ ...event, number: seq - events.length + 1 + m }));
      });
      const answered = (await Promise.all(appends)).flat();
      answered.sort((a, b) => a.number - b.number);
      expect(answered.map(({ number }) => number)).toEqual(repeat(79, (n) => n + 1));
      expect((await poll()).events).toEqual(answered);
    });

    it('are missed by no one who follows while they come', async () => {
      const stores = [log, elsewhere];
      let left = 40;
      const appends = repeat(left, async (n) => {
        await stores[n % 2]!.append(newEvents(2));
        left -= 1;
      });
      const heard: number[] = [];
      for (let polls = 1, before = left; before > 0; polls += 1) {
        before = left;
        const after = heard.length;
        const { seq, gap, events } = await log.poll(
          firstPoll('n1', { log: id, after, acked: after, polls }),
        );
        expect([gap, seq]).toEqual([false, after + events.length]);
        heard.push(...events.map(({ number }) => number));
      }
      await Promise.all(appends);
      expect(heard).toEqual(repeat(80, (n) => n + 1));
    });

    it('are kept up to a thousand', async () => {
      await fill(1_200);
      const all = numberedEvents(201, 1_200);
      expect(await poll({ after: 200 })).toMatchObject({ seq: 1_200, gap: false, events: all });
      expect(await poll({ after: 199 })).toMatchObject({ seq: 1_200, gap: true, events: all });
      expect(await log.poll(firstPoll('n2'))).toMatchObject({ gap: true, events: all });
    });

    it('are counted when more come at once than are kept', async () => {
      expect((await log.append(newEvents(1_500))).seq).toBe(1_500);
      expect(await poll()).toMatchObject({ gap: true, events: numberedEvents(501, 1_500) });
      expect((await log.append(newEvents(1, 1_501))).seq).toBe(1_501);
    });
  });

  describe('a poll', () => {
    it.each([0, 1, 15, 16, 17, 40])('brings all of %d events that are missing', async (missing) => {
      await fill(50);
      const after = 50 - missing;
      expect(await poll({ after, acked: after })).toEqual({
        log: id,
        seq: 50,
        events: numberedEvents(after + 1, 50),
        gap: false,
        oldestAgeMs: null,
        leaseMs: 5_000,
      });
    });

    it.each<[string, Partial<PollRequest>]>([
      ['no log', { log: null }],
      ['another log', { log: 'another', after: 20, acked: 20 }],
      ['an event that is still to come', { after: 21, acked: 20 }],
      ['an acknowledgement of one that is still to come', { after: 20, acked: 21 }],
      ['both', { after: Number.MAX_SAFE_INTEGER, acked: Number.MAX_SAFE_INTEGER }],
    ])('that knows of %s is a gap, and brings all there is', async (_, given) => {
      const empty = await poll({ ...given, node: 'n0' });
      expect(empty).toMatchObject({ log: id, seq: 0, events: [], gap: true, oldestAgeMs: null });
      await fill(20);
      await sleep(30);
      const reply = await poll(given);
      expect(reply).toMatchObject({ log: id, seq: 20, events: numberedEvents(1, 20), gap: true });
      expect(reply.oldestAgeMs).toBeGreaterThanOrEqual(25);
      expect(reply.oldestAgeMs).toBeLessThan(10_000);
      expect(await entryOf(log, 'n1')).toMatchObject({ acked: 0, polls: 1, leaseMs: 5_000 });
    });

    it('hears of everything that was appended before it', async () => {
      for (let n = 1; n <= 10; n += 1) {
        await (n % 2 === 0 ? log : elsewhere).append(newEvents(1, n));
        const { events } = await (n % 3 === 0 ? log : elsewhere).poll(
          firstPoll('n1', { log: id, after: n - 1, acked: n - 1, polls: n }),
        );
        expect(events).toEqual(numberedEvents(n, n));
      }
    });

    it('is answered the lease that it asks for', async () => {
      expect((await poll({ leaseMs: 1_234 })).leaseMs).toBe(1_234);
      expect((await log.poll(firstPoll('n2', { leaseMs: 60_000 }))).leaseMs).toBe(60_000);
    });
  });

  describe('nodes', () => {
    it('are in the answer of every append after their poll', async () => {
      await poll({ node: 'n1', kind: 'server', polls: 3, leaseMs: 4_000 });
      await elsewhere.poll(firstPoll('app.one/n2', { kind: 'service', polls: 9 }));
      const expected = [
        { id: 'app.one/n2', kind: 'service', acked: 0, polls: 9, leaseMs: 5_000 },
        { id: 'n1', kind: 'server', acked: 0, polls: 3, leaseMs: 4_000 },
      ].map((entry) => ({ ...entry, polledAt: expect.any(Date) }));
      for (const { nodes } of [
        await log.append(newEvents(1)),
        await elsewhere.append(newEvents(1)),
        await log.readHead(),
      ]) {
        expect([...nodes].sort((a, b) => a.id.localeCompare(b.id))).toEqual(expected);
      }
    });

    it('acknowledge what they have applied', async () => {
      await fill(20);
      for (const acked of [0, 1, 20]) {
        await poll({ acked, after: acked, polls: acked + 1 });
        const { nodes } = await elsewhere.append(newEvents(1));
        expect(nodes).toMatchObject([{ acked, polls: acked + 1 }]);
      }
    });

    it('never go back, nor to a shorter lease, when polls arrive late', async () => {
      await fill(20);
      await poll({ acked: 20, after: 20, polls: 7, leaseMs: 5_000 });
      const late = [
        { acked: 3, after: 3, polls: 6, leaseMs: 1_000 },
        { log: 'another', acked: 20, after: 20, polls: 5, leaseMs: 1_000 },
        { log: null, polls: 1 },
      ];
      for (const given of late) {
        await poll(given);
        const entry = await entryOf(elsewhere, 'n1');
        expect(entry).toMatchObject({ acked: 20, polls: 7, leaseMs: 5_000 });
      }
      await poll({ acked: 20, after: 20, polls: 8, leaseMs: 6_000 });
      expect(await entryOf(elsewhere, 'n1')).toMatchObject({ polls: 8, leaseMs: 6_000 });
    });

    it('have polled when they did, by the database’s clock', async () => {
      await poll();
      const first = (await entryOf(log, 'n1'))!.polledAt;
      await sleep(20);
      await poll({ polls: 2 });
      const second = (await entryOf(log, 'n1'))!.polledAt;
      expect(second.getTime() - first.getTime()).toBeGreaterThanOrEqual(15);
    });

    it.each([
      ['a.b', 'a/b'],
      ['a.b/c', 'a/b.c'],
      ['a.b.c/d_e-f', 'a.b/c/d_e-f'],
      ['7', '.7.'],
      ['__proto__', 'constructor'],
      ['x'.repeat(256), `${'x'.repeat(255)}.`],
    ])('%s and %s are two', async (one, other) => {
      await poll({ node: one, polls: 1 });
      await poll({ node: other, polls: 2 });
      expect(await entryOf(log, one)).toMatchObject({ id: one, polls: 1 });
      expect(await entryOf(log, other)).toMatchObject({ id: other, polls: 2 });
      await log.leave(one);
      expect((await log.readHead()).nodes.map((entry) => entry.id)).toEqual([other]);
      await log.expel(id, other, 2);
      expect((await log.readHead()).nodes).toEqual([]);
    });

    it('are expelled only as they were seen, and in their log', async () => {
      await poll({ polls: 4 });
      await log.expel(id, 'n1', 3);
      await log.expel(id, 'n1', 5);
      await log.expel('another', 'n1', 4);
      await log.expel(id, 'n2', 4);
      expect(await entryOf(log, 'n1')).toMatchObject({ polls: 4 });
      await poll({ polls: 5 });
      await elsewhere.expel(id, 'n1', 4);
      expect(await entryOf(log, 'n1')).toMatchObject({ polls: 5 });
      await elsewhere.expel(id, 'n1', 5);
      expect(await entryOf(log, 'n1')).toBeUndefined();
    });

    it('that were expelled are back with their next poll', async () => {
      await fill(3);
      await poll({ polls: 4, acked: 3, after: 3 });
      await log.expel(id, 'n1', 4);
      await poll({ polls: 5, acked: 3, after: 3 });
      expect(await entryOf(elsewhere, 'n1')).toMatchObject({ acked: 3, polls: 5 });
    });

    it('that leave are gone, alone', async () => {
      await poll({ node: 'n1' });
      await poll({ node: 'n1.2' });
      await elsewhere.leave('n1');
      await elsewhere.leave('nobody');
      expect((await log.append(newEvents(1))).nodes).toMatchObject([{ id: 'n1.2' }]);
    });
  });

  describe('what cannot be', () => {
    const polls: [string, object][] = [
      ['a negative number', { acked: -1 }],
      ['a broken number', { after: 1.5 }],
      ['no number', { polls: Number.NaN }],
      ['more than can be counted', { polls: 2 ** 53 }],
      ['a text for a number', { acked: '1' }],
      ['a negative lease', { leaseMs: -1 }],
      ['an endless lease', { leaseMs: Infinity }],
      ['a node without an id', { node: '' }],
      ['an id of 16 kB', { node: 'x'.repeat(16_384) }],
      ['an id that is a path', { node: 'a~b' }],
      ['an id that is an operator', { node: '$inc' }],
      ['an id with a line break', { node: 'a\n' }],
      ['an operator for a log', { log: { $ne: null } }],
      ['a log of 16 kB', { log: 'x'.repeat(16_384) }],
    ];
    it.each(polls)('is not polled with: %s', async (_, given) => {
      await expect(poll(given)).rejects.toThrow(RangeError);
      expect((await log.readHead()).nodes).toEqual([]);
    });

    it.each<[string, unknown]>([
      ['nothing', []],
      ['no subject', [{ subject: '', version: 1 }]],
      ['another word', [{ subject: 'user', version: 1 }]],
      ['an operator', [{ subject: { $ne: 1 }, version: 1 }]],
      ['a subject of 16 kB', [{ subject: `u:${'x'.repeat(16_384)}`, version: 1 }]],
      ['half a letter', [{ subject: 'u:\ud83d', version: 1 }]],
      ['a NUL', [{ subject: 'u:a\0b', version: 1 }]],
      ['a negative version', [{ subject: 'i', version: -1 }]],
      ['no version', [{ subject: 'i', version: Number.NaN }]],
      ['one of two', [{ subject: 'i', version: 2 }, { subject: 'i' }]],
    ])('is not appended: %s', async (_, events) => {
      await expect(log.append(events as never)).rejects.toThrow(RangeError);
      expect((await log.readHead()).seq).toBe(0);
    });

    it('takes nobody out', async () => {
      await poll();
      await expect(log.leave('$nodes')).rejects.toThrow(RangeError);
      await expect(log.expel(id, 'n1', -1)).rejects.toThrow(RangeError);
      await expect(log.expel(id, 'n1', { $gt: 0 } as never)).rejects.toThrow(RangeError);
      await expect(log.expel({ $gt: '' } as never, 'n1', 1)).rejects.toThrow(RangeError);
      expect(await entryOf(log, 'n1')).toMatchObject({ polls: 1 });
    });
  });
});
