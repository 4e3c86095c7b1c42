// The loop that keeps a node fresh: when it polls, what it acknowledges and how, and how it leaves.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { FakeNodeClock } from '../../../../test/support/fake-node-clock.js';
import { MemoryRevocationLog } from '../../../../test/support/memory-revocation-log.js';
import { newEvents, numberedEvents } from '../../../../test/support/polls.js';
import { settled } from '../../../../test/support/settled.js';
import { Doorbell, type Acknowledgement } from './doorbell.js';
import { RevocationMember } from './revocation-member.js';
import { RevocationState } from './state/revocation-state.js';

/** Rings only when told to, and does not carry acknowledgements where it is told so. */
class TestBell extends Doorbell {
  isOpen = false;
  carries = true;

  override acknowledge(acknowledgement: Acknowledgement): boolean {
    return this.carries && super.acknowledge(acknowledgement);
  }

  override open(): void {
    this.isOpen = true;
  }

  override close(): void {
    this.isOpen = false;
  }
}

let clock: FakeNodeClock;
let log: MemoryRevocationLog;
let bell: TestBell;
let state: RevocationState;
let member: RevocationMember;
let acknowledged: Acknowledgement[];
let lines: string[];

beforeEach(() => {
  clock = new FakeNodeClock();
  log = new MemoryRevocationLog(clock);
  bell = new TestBell();
  state = new RevocationState(clock);
  member = new RevocationMember({
    node: 'a',
    kind: 'server',
    leaseMs: 5_000,
    feed: log,
    bell,
    state,
    clock,
  });
  acknowledged = [];
  bell.onAcknowledgement((one) => acknowledged.push(one));
  lines = [];
  const write = (message: unknown): void => void lines.push(String(message));
  Logger.overrideLogger({ log: write, warn: write, error: write });
});
afterEach(() => Logger.overrideLogger(false));

const polls = (): number => log.polls.length;

async function startQuiet(): Promise<void> {
  await member.start();
  await settled();
}

/** Appended, and rung as the revoker would. */
async function appendAndRing(count = 1): Promise<void> {
  const from = log.seq + 1;
  const { seq } = await log.append(newEvents(count, from));
  bell.ring({ log: log.id, seq, events: numberedEvents(from, seq) });
}

/** The next poll's answer is held back until the returned function is called. */
function holdAnswer(): () => void {
  let release = (): void => undefined;
  log.after = (step) => {
    if (step !== 'poll') return;
    log.after = () => undefined;
    return new Promise((resolve) => (release = resolve));
  };
  return () => release();
}

const shortReply = {
  log: 'log-1',
  seq: 0,
  events: [],
  gap: false,
  oldestAgeMs: null,
  leaseMs: 1_000,
};

describe('a member that starts', () => {
  it('knows no log, trusts nothing, and does both after the first answer', async () => {
    await log.append(newEvents(3));
    expect(state.isTrusted()).toBe(false);
    await startQuiet();
    expect(log.polls[0]).toEqual({
      node: 'a',
      kind: 'server',
      log: null,
      acked: 0,
      after: 0,
      polls: 1,
      leaseMs: 5_000,
    });
    expect(state).toMatchObject({ logId: 'log-1', applied: 3 });
    expect(state.isTrusted()).toBe(true);
    expect(bell.isOpen).toBe(true);
  });

  it('acknowledges what it took over by polling again at once', async () => {
    await log.append(newEvents(3));
    await startQuiet();
    expect(log.polls[1]).toMatchObject({ log: 'log-1', acked: 3, after: 3, polls: 2 });
    expect(polls()).toBe(2);
  });

  it('comes back also when the log does not answer, and trusts nothing', async () => {
    log.before = () => Promise.reject(new Error('away'));
    await startQuiet();
    expect(state.isTrusted()).toBe(false);
    expect(lines).toEqual([expect.stringMatching(/does not answer \(away\)/)]);
    log.before = () => undefined;
    await clock.elapse(1_000);
    expect(state.isTrusted()).toBe(true);
    expect(lines.slice(1)).toEqual([expect.stringMatching(/follows the revocation log/)]);
  });

  it('comes back when the log says nothing at all, after two seconds', async () => {
    log.before = () => new Promise(() => undefined);
    let isBack = false;
    void member.start().then(() => (isBack = true));
    await clock.elapse(1_999);
    expect(isBack).toBe(false);
    await clock.elapse(1);
    expect(isBack).toBe(true);
  });
});

describe('a member', () => {
  beforeEach(startQuiet);

  it('polls five times in a lease', async () => {
    const before = polls();
    await clock.elapse(5_000);
    expect(polls() - before).toBe(5);
  });

  it('polls as often as the lease that the last answer gave it says', async () => {
    log.poll = (request) => {
      log.polls.push(request);
      return Promise.resolve(shortReply);
    };
    await clock.elapse(1_000);
    const before = polls();
    await clock.elapse(1_000);
    expect(polls() - before).toBe(5);
    await clock.elapse(150);
    clock.stop(900);
    expect(state.isTrusted()).toBe(false);
  });

  it('counts its polls, each one more', async () => {
    await clock.elapse(3_000);
    expect(log.polls.map((poll) => poll.polls)).toEqual(log.polls.map((_, i) => i + 1));
  });

  it('has one poll at a time; what is asked for meanwhile is one more, afterwards', async () => {
    const release = holdAnswer();
    await clock.elapse(1_000);
    const before = polls();
    member.poll();
    member.poll();
    await settled();
    expect(polls()).toBe(before);
    release();
    await settled();
    expect(polls()).toBe(before + 1);
  });

  it('repeats a poll that is not answered after two seconds, beside it', async () => {
    holdAnswer();
    await clock.elapse(1_000);
    const before = polls();
    await clock.elapse(1_999);
    expect(polls()).toBe(before);
    log.before = () => Promise.reject(new Error('away'));
    await clock.elapse(1);
    expect(lines.at(-1)).toMatch(/no answer in time/);
    log.before = () => undefined;
    await clock.elapse(1_000);
    expect(polls()).toBe(before + 1);
    expect(state.leaseLeftMs).toBe(5_000);
  });

  it('is the more impatient the shorter its lease is', async () => {
    log.poll = (request) => {
      log.polls.push(request);
      return Promise.resolve({ ...shortReply, leaseMs: 500 });
    };
    await clock.elapse(1_000);
    log.poll = (request) => {
      log.polls.push(request);
      return new Promise(() => undefined);
    };
    const before = polls();
    await clock.elapse(100);
    expect(polls()).toBe(before + 1);
    await clock.elapse(200 + 100);
    expect(polls()).toBe(before + 2);
  });

  it('takes an answer that comes late: its lease counts from when it was asked for', async () => {
    await log.append(newEvents(1));
    const release = holdAnswer();
    await clock.elapse(1_000);
    log.before = () => Promise.reject(new Error('away'));
    await clock.elapse(3_000);
    log.before = () => undefined;
    const before = polls();
    release();
    await settled();
    expect(state).toMatchObject({ applied: 1, leaseLeftMs: 5_000 });
    // What it brought is acknowledged at once.
    expect(log.polls[before]).toMatchObject({ acked: 1 });
  });

  it('takes a late answer, but has no more of a lease by it than its question allows', async () => {
    const release = holdAnswer();
    await clock.elapse(1_000);
    log.before = () => Promise.reject(new Error('away'));
    await clock.elapse(4_500);
    expect(state.isTrusted()).toBe(false);
    release();
    await settled();
    expect(state.leaseLeftMs).toBe(500);
  });

  it('whose lease is newer loses nothing by a late answer', async () => {
    const release = holdAnswer();
    await clock.elapse(1_000);
    await clock.elapse(3_000);
    const left = state.leaseLeftMs;
    expect(left).toBe(5_000);
    release();
    await settled();
    expect(state.leaseLeftMs).toBe(left);
  });

  it('does not go back to a log that is no longer followed', async () => {
    const release = holdAnswer();
    await clock.elapse(1_000);
    log.id = 'log-2';
    await clock.elapse(3_000);
    expect(state.logId).toBe('log-2');
    release();
    await settled();
    expect(state.logId).toBe('log-2');
    expect(state.isTrusted()).toBe(true);
  });

  it('has its lease from when the poll was sent, not from when it was answered', async () => {
    const release = holdAnswer();
    await clock.elapse(1_000);
    await clock.elapse(1_500);
    release();
    await settled();
    expect(state.leaseLeftMs).toBe(3_500);
  });

  it('does not trust memory when the lease is over, without any timer', () => {
    clock.stop(4_999);
    expect(state.isTrusted()).toBe(true);
    clock.stop(1);
    expect(state.isTrusted()).toBe(false);
  });

  it('says once that the log is away, and once that it is back', async () => {
    log.before = () => Promise.reject(new Error('away'));
    await clock.elapse(4_000);
    log.before = () => undefined;
    await clock.elapse(3_000);
    expect(lines.slice(1)).toEqual([
      expect.stringMatching(/does not answer \(away\)/),
      expect.stringMatching(/follows/),
    ]);
  });
});

describe('an event', () => {
  beforeEach(startQuiet);

  it('by the bell is applied and acknowledged by the bell, in one step, and polls nothing', async () => {
    const before = polls();
    const seen: number[] = [];
    bell.onAcknowledgement(() => seen.push(state.applied));
    await appendAndRing();
    expect(state.applied).toBe(1);
    expect(acknowledged).toEqual([{ log: 'log-1', node: 'a', acked: 1 }]);
    expect(seen).toEqual([1]);
    await settled();
    expect(polls()).toBe(before);
  });

  it('by the bell renews no lease', async () => {
    clock.stop(4_000);
    await appendAndRing();
    expect(state.leaseLeftMs).toBe(1_000);
  });

  it('by a bell that carries no acknowledgements is acknowledged by a poll at once', async () => {
    bell.carries = false;
    const before = polls();
    await appendAndRing();
    await settled();
    expect(polls()).toBe(before + 1);
    expect(log.polls.at(-1)).toMatchObject({ acked: 1, after: 1 });
  });

  it('found by a poll is acknowledged by the next one, at once', async () => {
    await log.append(newEvents(2));
    const before = polls();
    await clock.elapse(1_000);
    expect(polls()).toBe(before + 2);
    expect(log.polls.at(-1)).toMatchObject({ acked: 2 });
    expect(acknowledged).toEqual([]);
  });

  it('that the bell brought while a poll was under way is not acknowledged twice', async () => {
    const release = holdAnswer();
    await clock.elapse(1_000);
    const before = polls();
    await appendAndRing();
    expect(acknowledged).toHaveLength(1);
    release();
    await settled();
    expect(polls()).toBe(before);
  });

  it.each([
    ['a number too far', () => ({ log: 'log-1', seq: 3, events: numberedEvents(3, 3) })],
    ['nothing but a number', () => ({ log: 'log-1', seq: 2, events: [] })],
    ['another log', () => ({ log: 'other', seq: 1, events: numberedEvents(1, 1) })],
  ])('rung as %s is not believed: the log is asked at once', async (_name, ring) => {
    await log.append(newEvents(3));
    const before = polls();
    bell.ring(ring());
    expect(state.applied).toBe(0);
    expect(acknowledged).toEqual([]);
    await settled();
    expect(polls()).toBeGreaterThan(before);
    expect(state.applied).toBe(3);
  });

  it('rung a second time is acknowledged once, and asks for nothing', async () => {
    await appendAndRing();
    const before = polls();
    bell.ring({ log: 'log-1', seq: 1, events: numberedEvents(1, 1) });
    await settled();
    expect(acknowledged).toHaveLength(1);
    expect(polls()).toBe(before);
  });
});

describe('a member that leaves', () => {
  beforeEach(startQuiet);

  it('drops its lease first, then takes itself out, and closes the bell', async () => {
    let trustedWhenLeaving: boolean | null = null;
    log.before = (step) => {
      if (step === 'leave') trustedWhenLeaving = state.isTrusted();
    };
    await member.leave();
    expect(trustedWhenLeaving).toBe(false);
    expect(log.nodes.has('a')).toBe(false);
    expect(bell.isOpen).toBe(false);
    expect(clock.timersLeft).toBe(0);
  });

  it('ignores the answer that is under way, and has not polled after it left', async () => {
    const release = holdAnswer();
    await clock.elapse(1_000);
    const before = polls();
    const left = member.leave();
    expect(state.isTrusted()).toBe(false);
    release();
    await left;
    expect(state.isTrusted()).toBe(false);
    expect(log.calls.at(-1)).toBe('leave');
    member.poll();
    await appendAndRing();
    await clock.elapse(10_000);
    expect(polls()).toBe(before);
    expect(acknowledged).toEqual([]);
    expect(log.nodes.has('a')).toBe(false);
  });

  it('does not fail when the log is away', async () => {
    log.before = () => Promise.reject(new Error('away'));
    await expect(member.leave()).resolves.toBeUndefined();
    expect(state.isTrusted()).toBe(false);
  });
});
