// What a read is worth: to whoever began it, to those who join it, and to memory.
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  active,
  FakeSecondLevel,
  FakeSource,
} from '../../../../../test/support/auth/fake-versions.js';
import { FakeNodeClock } from '../../../../../test/support/fake-node-clock.js';
import { settled } from '../../../../../test/support/settled.js';
import { UnavailableError } from '../../access-token/access-token.errors.js';
import type { PollReply } from '../revocation-log.js';
import { RevocationState } from '../state/revocation-state.js';
import type { Subject } from '../subject.js';
import { SubjectLookup } from './subject-lookup.js';

let clock: FakeNodeClock;
let state: RevocationState;
let source: FakeSource;
let shared: FakeSecondLevel;
let lookup: SubjectLookup;

const user: Subject = 'u:1';

beforeEach(() => {
  clock = new FakeNodeClock();
  state = new RevocationState(clock);
  source = new FakeSource();
  source.versions.set(user, active(3));
  shared = new FakeSecondLevel();
  lookup = new SubjectLookup(state, source, shared, clock);
  gap();
});

/** A log with 1,000 events, of which the oldest is an hour old, unless it says otherwise. */
function gap(reply: Partial<PollReply> = {}): void {
  const events = [{ number: 1_000, subject: 'u:9' as const, version: 1 }];
  const whole = {
    log: 'log',
    seq: 1_000,
    events,
    gap: true,
    oldestAgeMs: 3_600_000,
    leaseMs: 5_000,
  };
  state.accept({ ...whole, ...reply }, clock.moment(), { log: state.logId, after: 0 });
}

const hear = (number: number, version: number): void =>
  void state.hear({ log: 'log', seq: number, events: [{ number, subject: user, version }] });

const read = (arrival = lookup.arrival()): ReturnType<SubjectLookup['read']> =>
  lookup.read(user, arrival);

describe('a read', () => {
  it('is kept in memory, and stored with what was applied when it began', async () => {
    source.isSlow = true;
    const found = read();
    await settled();
    state.hear({ log: 'log', seq: 1_001, events: [{ number: 1_001, subject: 'u:5', version: 1 }] });
    clock.advance(100);
    source.held[0]?.answer();
    expect(await found).toEqual({ record: active(3), number: 1_000, begun: 1 });
    expect(state.find(user)).toMatchObject(active(3));
    expect([...shared.stored]).toEqual([
      ['log:u:1', { version: 3, status: 'active', number: 1_000, at: clock.wall() }],
    ]);
  });

  it('is one for all who ask for it at the same time and arrived before it began', async () => {
    const arrival = lookup.arrival();
    source.isSlow = true;
    const reads = [read(arrival), read(arrival), read(arrival)];
    source.held[0]?.answer();
    await Promise.all(reads);
    expect(source.reads).toEqual([user]);
  });

  it('is another for whoever arrived after it began', async () => {
    source.isSlow = true;
    const first = read();
    const second = read();
    expect(source.reads).toEqual([user, user]);
    source.held.forEach((one) => one.answer());
    expect((await second).begun).toBeGreaterThan((await first).begun);
  });

  it('that is over is not joined', async () => {
    const arrival = lookup.arrival();
    await read(arrival);
    await read(arrival);
    expect(source.reads).toHaveLength(2);
  });

  it('of an older one that ends later leaves the younger one joinable', async () => {
    source.isSlow = true;
    const first = read();
    const arrival = lookup.arrival();
    const second = read(arrival);
    source.held[0]?.answer();
    await first;
    void read(arrival);
    expect(source.reads).toHaveLength(2);
    source.held[1]?.answer();
    await second;
  });

  it('that fails is 503 for all who wait for it, and forgotten', async () => {
    source.isDown = true;
    const arrival = lookup.arrival();
    const outcomes = await Promise.allSettled([read(arrival), read(arrival)]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ reason: expect.any(UnavailableError) });
    }
    source.isDown = false;
    expect((await read()).record).toEqual(active(3));
  });

  it('of what does not exist is neither kept nor stored', async () => {
    source.versions.delete(user);
    expect((await read()).record).toBeNull();
    expect(state.find(user)).toBeUndefined();
    expect(shared.stored.size).toBe(0);
  });

  it('is refused with 503 when a thousand are under way', async () => {
    source.isSlow = true;
    const reads = Array.from({ length: 1_000 }, (_, i) => lookup.read(`u:${i}`, 0));
    await expect(lookup.read('u:x', 0)).rejects.toThrow('Too many checks are under way.');
    expect(source.reads).toHaveLength(1_000);
    source.held.forEach((one) => one.answer());
    await Promise.all(reads);
    source.isSlow = false;
    await expect(lookup.read('u:x', lookup.arrival())).resolves.toBeDefined();
  });
});

describe('what a read found is not kept, and not stored,', () => {
  async function readMeanwhile(happens: () => void): Promise<number> {
    source.isSlow = true;
    const found = read();
    await settled();
    happens();
    source.held[0]?.answer();
    const { number, record } = await found;
    expect(record).toEqual(active(3));
    return number;
  }
  const expectNothingKept = (): void => {
    expect(state.find(user)).toBeUndefined();
    expect(shared.stored.size).toBe(0);
  };

  it('when an event came that says more', async () => {
    await readMeanwhile(() => hear(1_001, 4));
    expectNothingKept();
  });

  it.each([
    ['monotonic', { ofWall: 0 }],
    ['wall', { ofMonotonic: 0 }],
  ])('when it took five seconds by the %s clock', async (_name, which) => {
    await readMeanwhile(() => clock.stop(5_000, which));
    expectNothingKept();
  });

  it('unless it took less', async () => {
    await readMeanwhile(() => clock.stop(4_999));
    expect(state.find(user)).toBeDefined();
  });

  it('when there was a gap meanwhile; it is worth nothing to others', async () => {
    expect(await readMeanwhile(() => gap({ log: 'other' }))).toBe(-1);
    expectNothingKept();
  });

  it('when memory holds something newer', async () => {
    await readMeanwhile(() => {
      expect(state.install(user, active(5), 1_000)).toBe(true);
    });
    expect(state.find(user)).toMatchObject({ version: 5 });
    expect(shared.stored.size).toBe(0);
  });

  it('within 40 s of a gap behind which an intent may be hidden', async () => {
    gap({ log: 'other', oldestAgeMs: 39_999 });
    expect((await read()).number).toBe(-1);
    expectNothingKept();
    clock.advance(39_999);
    expect((await read()).number).toBe(-1);
    clock.advance(1);
    expect((await read()).number).toBe(1_000);
    expect(state.find(user)).toBeDefined();
  });

  it('before the first answer to a poll', async () => {
    state = new RevocationState(clock);
    lookup = new SubjectLookup(state, source, shared, clock);
    expect((await read()).number).toBe(-1);
    expectNothingKept();
  });
});

describe('without a second level', () => {
  it('the source is asked, and nothing is stored', async () => {
    lookup = new SubjectLookup(state, source, null, clock);
    expect((await lookup.share(user, 3)).record).toEqual(active(3));
    expect(source.reads).toEqual([user]);
    expect(shared.asked).toEqual([]);
  });
});
