// What a node believes, rule by rule: lease, usable, apply, gap, forgetting, too many events.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { active } from '../../../../../test/support/auth/fake-versions.js';
import { FakeNodeClock } from '../../../../../test/support/fake-node-clock.js';
import type { Moment } from '../node.clock.js';
import type { NumberedEvent, PollReply } from '../revocation-log.js';
import type { Subject } from '../subject.js';
import { RevocationState } from './revocation-state.js';

let clock: FakeNodeClock;
let state: RevocationState;
let applied: number[];
let missed: number;

beforeEach(() => {
  begin();
  accept({ gap: true });
  missed = 0;
});

function begin(maxEvents?: number): void {
  clock = new FakeNodeClock();
  state = new RevocationState(clock, maxEvents === undefined ? {} : { maxEvents });
  applied = [];
  missed = 0;
  state.listen({ applied: ({ number }) => applied.push(number), missed: () => (missed += 1) });
}

const event = (number: number, version = number, subject: Subject = 'u:1'): NumberedEvent => ({
  number,
  subject,
  version,
});

const eventsTo = (from: number, to: number): NumberedEvent[] =>
  Array.from({ length: to - from + 1 }, (_, i) => event(from + i, 1, `u:${from + i}`));

/** Of a log with so many events as it brings, or as were applied. */
function accept(
  reply: Partial<PollReply>,
  stamp: Moment = clock.moment(),
  after = state.applied,
  log = state.logId,
): void {
  const seq = reply.events?.at(-1)?.number ?? state.applied;
  const whole = { log: 'log', seq, events: [], gap: false, oldestAgeMs: null, leaseMs: 5_000 };
  state.accept({ ...whole, ...reply }, stamp, { log, after });
}

const hear = (events: NumberedEvent[], seq = events.at(-1)?.number ?? 0, log = 'log'): boolean =>
  state.hear({ log, seq, events });

describe('the lease', () => {
  it('is none before the first answer', () => {
    begin();
    expect([state.isTrusted(), state.leaseLeftMs]).toEqual([false, 0]);
  });

  it.each([
    ['both clocks', {}],
    ['the monotonic clock', { ofWall: 0 }],
    ['the wall clock', { ofMonotonic: 0 }],
    ['the monotonic clock, with the wall clock set back', { ofWall: -3_600_000 }],
  ])('ends when it is over by %s', (_name, which) => {
    clock.stop(4_999, which);
    expect(state.isTrusted()).toBe(true);
    clock.stop(1, { ...which, ...('ofWall' in which && which.ofWall < 0 && { ofWall: 0 }) });
    expect(state.isTrusted()).toBe(false);
  });

  it('begins when the poll was sent', () => {
    const sent = clock.moment();
    clock.advance(1_500);
    accept({}, sent);
    expect(state.leaseLeftMs).toBe(3_500);
  });

  it('is as long as the answer says', () => {
    accept({ leaseMs: 2_000 });
    expect(state.leaseLeftMs).toBe(2_000);
  });

  it('is not renewed by the bell', () => {
    clock.advance(3_000);
    hear([event(1)]);
    expect(state.leaseLeftMs).toBe(2_000);
  });

  it('is not given by an answer that does not bring everything', () => {
    clock.advance(5_000);
    accept({ events: [event(1)], seq: 2 });
    expect(state.isTrusted()).toBe(false);
  });

  it('can be dropped', () => {
    state.dropLease();
    expect([state.isTrusted(), state.leaseLeftMs]).toEqual([false, 0]);
  });
});

describe('an event', () => {
  it('drops an older record, and keeps one that is as new', () => {
    state.install('u:1', active(3), 0);
    state.install('u:2', active(4), 0);
    hear([event(1, 4, 'u:1'), event(2, 4, 'u:2')]);
    expect(state.find('u:1')).toBeUndefined();
    expect(state.find('u:2')).toMatchObject({ version: 4 });
  });

  it('is applied once, in order, whatever the bell and the poll both bring', () => {
    hear([event(1), event(2)]);
    accept({ events: [event(1), event(2), event(3)] }, clock.moment(), 0);
    hear([event(2), event(3), event(4)]);
    hear([event(1)]);
    expect(applied).toEqual([1, 2, 3, 4]);
    expect(state.applied).toBe(4);
  });

  it('with a hole before it is not taken from the bell', () => {
    expect(hear([event(2)])).toBe(false);
    expect(hear([event(1), event(3)])).toBe(false);
    expect(applied).toEqual([1]);
  });

  it('that the bell only counts is missing', () => {
    expect(hear([], 1)).toBe(false);
    expect(hear([event(1)], 2)).toBe(false);
    expect(hear([], 1)).toBe(true);
  });

  it('of another log is not taken from the bell, nor anything before there is a log', () => {
    expect(hear([event(1)], 1, 'other')).toBe(false);
    begin();
    expect(hear([event(1)])).toBe(false);
    expect(applied).toEqual([]);
  });

  it('is told to whoever listens in the same step, when it already counts', () => {
    state.install('u:1', active(3), 0);
    const seen: unknown[] = [];
    const stop = state.listen({
      applied: ({ number }) => seen.push([number, state.applied, state.find('u:1')]),
      missed: () => undefined,
    });
    hear([event(1, 4)]);
    stop();
    hear([event(2, 5)]);
    expect(seen).toEqual([[1, 1, undefined]]);
  });
});

describe('a record', () => {
  it('is usable when no event speaks against it', () => {
    hear([event(1, 4)]);
    expect(state.isUsable('u:1', 3, 1)).toBe(false);
    expect(state.isUsable('u:1', 4, 0)).toBe(true);
    expect(state.isUsable('u:2', 1, 0)).toBe(true);
  });

  it('is not usable without a number, or with one of what was forgotten', () => {
    expect(state.isUsable('u:2', 1, -1)).toBe(false);
    accept({ log: 'next', gap: true, seq: 40, events: eventsTo(31, 40) });
    expect(state.isUsable('u:2', 1, 29)).toBe(false);
    expect(state.isUsable('u:2', 1, 30)).toBe(true);
  });

  it('never takes the place of a newer one', () => {
    expect(state.install('u:1', active(5), 0)).toBe(true);
    expect(state.install('u:1', active(4), 0)).toBe(false);
    expect(state.find('u:1')).toMatchObject({ version: 5 });
  });

  it('takes the place of one that is as new: its status may be another', () => {
    state.install('u:1', active(5), 0);
    expect(state.install('u:1', { version: 5, status: 'suspended' }, 0)).toBe(true);
    expect(state.find('u:1')).toMatchObject({ status: 'inactive' });
  });
});

describe('a read', () => {
  it('is worth what was applied when it began', () => {
    hear([event(1, 1, 'u:9')]);
    const start = state.beginRead();
    hear([event(2, 1, 'u:9')]);
    expect(state.numberOf(start)).toBe(1);
  });

  it('is kept when no event speaks against it and it took less than five seconds', () => {
    const start = state.beginRead();
    clock.advance(4_999);
    expect(state.keep('u:1', active(3), start)).toBe(true);
    clock.advance(1);
    expect(state.keep('u:2', active(3), start)).toBe(false);
  });

  it('begun before an event of its subject is not kept at the old version, and is at the new', () => {
    const start = state.beginRead();
    hear([event(1, 4)]);
    expect(state.keep('u:1', active(3), start)).toBe(false);
    expect(state.keep('u:1', active(4), start)).toBe(true);
  });

  it('begun before a gap is worth nothing', () => {
    const start = state.beginRead();
    accept({ log: 'next', gap: true });
    expect(state.numberOf(start)).toBe(-1);
    expect(state.keep('u:1', active(3), start)).toBe(false);
  });

  it('begun before there is a log is worth nothing', () => {
    begin();
    expect(state.beginRead().number).toBe(-1);
  });
});

describe('a gap', () => {
  const kept = eventsTo(31, 40);

  it.each<[string, Partial<PollReply>, number]>([
    ['another log', { log: 'next', events: kept }, 5],
    ['fewer events than were asked after', { seq: 4, events: [] }, 5],
    ['events that begin too late', { events: kept }, 5],
  ])('is %s, whatever the answer calls it', (_name, reply, after) => {
    hear(eventsTo(1, 5));
    state.install('u:50', active(1), 5);
    accept(reply, clock.moment(), after);
    expect(state.find('u:50')).toBeUndefined();
    expect(missed).toBe(1);
  });

  it('brings the log, its last number, the events that are kept, and a lease', () => {
    accept({ log: 'next', gap: true, events: kept });
    expect(state).toMatchObject({ logId: 'next', applied: 40 });
    expect(state.isUsable('u:35', 0, 40)).toBe(false);
    expect(state.isTrusted()).toBe(true);
    expect(applied).toEqual([]);
  });

  it('is none when the bell has brought meanwhile what the poll had not', () => {
    const sent = clock.moment();
    hear(eventsTo(1, 3));
    state.install('u:50', active(1), 3);
    accept({ seq: 1, events: [event(1, 1, 'u:1')] }, sent, 0);
    expect(missed).toBe(0);
    expect(state.find('u:50')).toBeDefined();
    expect(state.applied).toBe(3);
  });

  it('with a young oldest event may hide an intent: for 40 s reads are worth nothing', () => {
    accept({ log: 'next', gap: true, events: kept, oldestAgeMs: 39_999 });
    expect(state.beginRead().number).toBe(-1);
    clock.advance(39_999);
    expect(state.beginRead().number).toBe(-1);
    clock.advance(1);
    expect(state.beginRead().number).toBe(40);
  });

  it('holds the reads for 40 s by the smaller elapsed time', () => {
    accept({ log: 'next', gap: true, events: kept, oldestAgeMs: 0 });
    clock.stop(40_000, { ofMonotonic: 0 });
    expect(state.beginRead().number).toBe(-1);
  });

  it.each<[string, Partial<PollReply>]>([
    ['its oldest event is 40 s old', { events: kept, oldestAgeMs: 40_000 }],
    ['its events reach back to the first', { events: eventsTo(1, 3), oldestAgeMs: 0 }],
    ['it has none', { seq: 0, oldestAgeMs: null }],
  ])('hides nothing when %s', (_name, reply) => {
    accept({ log: 'next', gap: true, ...reply });
    expect(state.beginRead().number).toBe(state.applied);
  });
});

describe('forgetting', () => {
  it('raises the number from which a record must be', () => {
    hear([event(1, 4), event(2, 1, 'u:2')]);
    clock.advance(600_000);
    accept({});
    expect(state.isUsable('u:1', 3, 1)).toBe(false);
    expect(state.isUsable('u:1', 3, 2)).toBe(true);
  });
});

describe('more events than fit', () => {
  beforeEach(() => {
    begin(3);
    accept({ gap: true });
    hear(eventsTo(1, 3));
    state.install('u:50', active(1), 3);
    missed = 0;
  });

  it('make the node know and trust nothing, until it starts over', () => {
    hear([event(4, 1, 'u:4')]);
    expect(state.isTrusted()).toBe(false);
    expect(state).toMatchObject({ logId: null, applied: 0 });
    expect(state.find('u:50')).toBeUndefined();
    expect(state.beginRead().number).toBe(-1);
    expect(missed).toBe(1);
    hear([event(5, 1, 'u:5')]);
    expect(applied).toEqual([1, 2, 3]);
    accept({ gap: true, events: eventsTo(1, 5), oldestAgeMs: 0 }, clock.moment(), 0);
    expect(state).toMatchObject({ logId: 'log', applied: 5 });
    expect(state.isTrusted()).toBe(true);
  });

  it('while a poll is under way: what was asked before counts for nothing, until the next one', () => {
    const sent = clock.moment();
    hear([event(4, 1, 'u:4')]);
    accept({ seq: 4, events: [event(4, 1, 'u:4')] }, sent, 3, 'log');
    expect(state.logId).toBeNull();
    expect(state.isTrusted()).toBe(false);
    expect(state.beginRead().number).toBe(-1);
    accept({ gap: true, events: eventsTo(1, 4), oldestAgeMs: 0 }, clock.moment(), 0);
    expect(state.isTrusted()).toBe(true);
  });
});

describe('an answer that comes after that to a later poll', () => {
  it('does not shorten the lease', () => {
    const sent = clock.moment();
    clock.advance(2_000);
    accept({});
    accept({}, sent);
    expect(state.leaseLeftMs).toBe(5_000);
  });

  it('adds what it brings, and nothing twice', () => {
    const sent = clock.moment();
    accept({ events: eventsTo(1, 2) }, sent, 0);
    accept({ events: eventsTo(1, 1), seq: 1 }, sent, 0);
    expect(state.applied).toBe(2);
    expect(applied).toEqual([1, 2]);
  });

  it('of a log that is no longer followed leads nobody back to it', () => {
    accept({ log: 'next', gap: true, events: eventsTo(1, 3), oldestAgeMs: 0 });
    accept({ log: 'log', events: eventsTo(1, 9) }, clock.moment(), 0, 'log');
    expect(state).toMatchObject({ logId: 'next', applied: 3 });
  });
});
