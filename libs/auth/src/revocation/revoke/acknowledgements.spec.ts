// How a revoke knows that every node refuses: by the bell, by the log, or because its lease is over.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeNodeClock } from '../../../../../test/support/fake-node-clock.js';
import { MemoryRevocationLog } from '../../../../../test/support/memory-revocation-log.js';
import { newEvents } from '../../../../../test/support/polls.js';
import { settled } from '../../../../../test/support/settled.js';
import { Doorbell } from '../doorbell.js';
import type { NodeEntry } from '../revocation-log.js';
import { Acknowledgements, longestLeaseMs } from './acknowledgements.js';
import type { NodeAcknowledgement } from './revocation.js';

let clock: FakeNodeClock;
let log: MemoryRevocationLog;
let bell: Doorbell;
let acknowledgements: Acknowledgements;

beforeEach(() => {
  clock = new FakeNodeClock();
  log = new MemoryRevocationLog(clock);
  bell = new Doorbell();
  acknowledgements = new Acknowledgements(log, bell, clock);
});

interface Waiting {
  readonly done: Promise<readonly NodeAcknowledgement[]>;
  isOver: boolean;
}

/** Appends an event and waits for whoever is in the log. */
async function wait(): Promise<Waiting> {
  const calledAt = clock.monotonic();
  const appended = await log.append(newEvents(1, log.seq + 1));
  const done = acknowledgements.all(appended, calledAt, clock.monotonic());
  const waiting = { done, isOver: false };
  void done.then(() => (waiting.isOver = true));
  await settled();
  return waiting;
}

const acknowledge = (node: string, acked: number, id = log.id): void =>
  void bell.acknowledge({ log: id, node, acked });

/** 1.01 / 0.99 of five seconds, and 50 ms. */
const wholeWait = 5_151.01;

describe('a node that acknowledges', () => {
  it('by the bell ends the wait in that moment, and the log is not read', async () => {
    log.register('a');
    log.register('b', { kind: 'service' });
    const waiting = await wait();
    clock.advance(3);
    acknowledge('a', 1);
    await settled();
    expect(waiting.isOver).toBe(false);
    clock.advance(4);
    acknowledge('b', 1);
    expect(await waiting.done).toEqual([
      { id: 'a', kind: 'server', acknowledgedAfterMs: 3 },
      { id: 'b', kind: 'service', acknowledgedAfterMs: 7 },
    ]);
    expect(log.calls).toEqual(['append']);
    expect(clock.timersLeft).toBe(0);
  });

  it('before the wait began has been heard', async () => {
    log.register('a');
    acknowledge('a', 1);
    expect(await (await wait()).done).toHaveLength(1);
  });

  it('in its entry, when the append was answered, has nothing left to do', async () => {
    log.register('a', { acked: 1 });
    expect(await (await wait()).done).toEqual([
      { id: 'a', kind: 'server', acknowledgedAfterMs: 0 },
    ]);
  });

  it('an earlier number has not acknowledged this one', async () => {
    log.register('a');
    await log.append(newEvents(1));
    const waiting = await wait();
    acknowledge('a', 1);
    await settled();
    expect(waiting.isOver).toBe(false);
    acknowledge('a', 2);
    expect(await waiting.done).toHaveLength(1);
  });

  it('a late, smaller number takes nothing back', async () => {
    log.register('a');
    acknowledge('a', 5);
    acknowledge('a', 0);
    expect(await (await wait()).done).toHaveLength(1);
  });

  it('a number of another log has acknowledged nothing here', async () => {
    log.register('a');
    acknowledge('a', 9, 'another');
    const waiting = await wait();
    acknowledge('a', 9, 'another');
    await settled();
    expect(waiting.isOver).toBe(false);
    acknowledge('a', 1);
    expect(await waiting.done).toHaveLength(1);
  });

  it('without a bell is found in the log, which is read every 100 ms', async () => {
    log.register('a');
    const waiting = await wait();
    await clock.elapse(250);
    expect(log.calls).toEqual(['append', 'readHead', 'readHead']);
    log.register('a', { acked: 1 });
    await clock.elapse(50);
    expect(await waiting.done).toEqual([{ id: 'a', kind: 'server', acknowledgedAfterMs: 300 }]);
    expect(log.calls.filter((call) => call === 'readHead')).toHaveLength(3);
  });

  it('ends the wait also while the log is being read and does not answer', async () => {
    log.register('a');
    const waiting = await wait();
    log.before = () => new Promise(() => undefined);
    await clock.elapse(150);
    acknowledge('a', 1);
    await settled();
    expect(waiting.isOver).toBe(true);
  });
});

describe('a node that is silent', () => {
  it('ends the wait after W: the largest lease on the slowest clock, by the fastest, and 50 ms', async () => {
    log.register('a');
    log.register('b', { leaseMs: 2_000 });
    const waiting = await wait();
    acknowledge('b', 1);
    await clock.elapse(wholeWait - 1);
    expect(waiting.isOver).toBe(false);
    await clock.elapse(1.1);
    expect(await waiting.done).toEqual([
      { id: 'b', kind: 'server', acknowledgedAfterMs: 0 },
      { id: 'a', kind: 'server', leaseEnded: true },
    ]);
  });

  it('is waited for no longer when the log does not answer', async () => {
    log.register('a');
    const waiting = await wait();
    log.before = (step) => (step === 'readHead' ? new Promise(() => undefined) : undefined);
    await clock.elapse(wholeWait + 1);
    expect(waiting.isOver).toBe(true);
    // And asked no second time while it owes an answer.
    expect(log.calls.filter((call) => call === 'readHead')).toHaveLength(1);
  });

  it('is not taken for gone because the log cannot be read', async () => {
    log.register('a');
    const waiting = await wait();
    log.before = () => Promise.reject(new Error('away'));
    await clock.elapse(wholeWait - 1);
    expect(waiting.isOver).toBe(false);
  });

  it('is expelled, if it has not polled since the append was answered', async () => {
    log.register('a', { polls: 7 });
    const waiting = await wait();
    log.register('a', { polls: 8 });
    await clock.elapse(wholeWait + 1);
    await waiting.done;
    expect(log.expelled).toEqual([['a', 7]]);
    expect(log.nodes.has('a')).toBe(true);
  });

  it('that could not be expelled is waited for all the same', async () => {
    log.register('a');
    const waiting = await wait();
    log.before = (step) => (step === 'expel' ? Promise.reject(new Error('away')) : undefined);
    await clock.elapse(wholeWait + 1);
    expect(await waiting.done).toHaveLength(1);
  });

  it.each([
    ['nobody', [], 50],
    ['one of a second', [1_000], 1_070.202],
    ['several', [1_000, 60_000, 5_000], 61_262.121],
  ])('W of %s', (_name, leases, expected) => {
    const nodes = leases.map((leaseMs) => ({ leaseMs }) as NodeEntry);
    expect(longestLeaseMs(nodes)).toBeCloseTo(expected, 2);
  });
});

describe('a node that is gone from the log', () => {
  it('has left, or was expelled by another that waited for its lease: it is waited for no more', async () => {
    log.register('a');
    const waiting = await wait();
    log.nodes.delete('a');
    await clock.elapse(100);
    expect(await waiting.done).toEqual([{ id: 'a', kind: 'server', leaseEnded: true }]);
    expect(log.expelled).toEqual([]);
  });

  it('is not gone when what was read is older than the append', async () => {
    const before = log.head();
    log.register('a');
    const waiting = await wait();
    log.readHead = () => Promise.resolve(before);
    await clock.elapse(wholeWait - 1);
    expect(waiting.isOver).toBe(false);
  });

  it('is not gone when the log is another', async () => {
    log.register('a');
    const waiting = await wait();
    log.readHead = () => Promise.resolve({ log: 'another', seq: 9, nodes: [] });
    await clock.elapse(wholeWait - 1);
    expect(waiting.isOver).toBe(false);
  });
});

it('nobody to wait for is no wait', async () => {
  expect(await (await wait()).done).toEqual([]);
});

it('remembers a bounded number of nodes, the last it heard of', async () => {
  acknowledge('first', 1);
  for (let i = 0; i < 10_000; i++) acknowledge(`node-${i}`, 1);
  log.register('first');
  log.register('node-9999');
  const waiting = await wait();
  expect(waiting.isOver).toBe(false);
  acknowledge('first', 1);
  expect(await waiting.done).toHaveLength(2);
});
