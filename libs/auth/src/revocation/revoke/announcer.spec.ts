// How events get into the log: together where several wait, and rung only when they are in it.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeNodeClock } from '../../../../../test/support/fake-node-clock.js';
import { MemoryRevocationLog } from '../../../../../test/support/memory-revocation-log.js';
import { newEvents } from '../../../../../test/support/polls.js';
import { settled } from '../../../../../test/support/settled.js';
import { Doorbell, type Ring } from '../doorbell.js';
import { Announcer } from './announcer.js';

let log: MemoryRevocationLog;
let rings: Ring[];
let announcer: Announcer;

beforeEach(() => {
  log = new MemoryRevocationLog(new FakeNodeClock());
  const bell = new Doorbell();
  rings = [];
  bell.onRing((ring) => rings.push(ring));
  announcer = new Announcer(log, bell);
});

describe('an append', () => {
  it('is rung with the numbers that the events have in the log', async () => {
    await announcer.append(newEvents(1));
    expect(await announcer.append(newEvents(2, 2))).toMatchObject({ log: 'log-1', seq: 3 });
    expect(rings.map(({ seq }) => seq)).toEqual([1, 3]);
    expect(rings.map(({ log: id }) => id)).toEqual(['log-1', 'log-1']);
    expect(rings[1]?.events).toEqual([
      { number: 2, subject: 'u:user2', version: 2 },
      { number: 3, subject: 'u:user3', version: 3 },
    ]);
  });

  it('is rung only when it is confirmed', async () => {
    let confirm = (): void => undefined;
    log.after = () => new Promise((resolve) => (confirm = resolve));
    const appended = announcer.append(newEvents(1));
    await settled();
    expect(log.seq).toBe(1);
    expect(rings).toEqual([]);
    confirm();
    await appended;
    expect(rings).toHaveLength(1);
  });

  it('that was not confirmed is not rung, though it may have happened', async () => {
    log.after = () => Promise.reject(new Error('no majority'));
    await expect(announcer.append(newEvents(1))).rejects.toThrow('no majority');
    expect(log.seq).toBe(1);
    expect(rings).toEqual([]);
  });
});

describe('appends at the same time', () => {
  it('wait for the one under way and go out as one, each answered with the end of all', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) => announcer.append(newEvents(1, i + 1))),
    );
    expect(log.appends.map((events) => events.length)).toEqual([1, 99]);
    expect(answers.map(({ seq }) => seq)).toEqual([1, ...Array.from({ length: 99 }, () => 100)]);
    expect(rings.flatMap(({ events }) => events.map(({ number }) => number))).toEqual(
      Array.from({ length: 100 }, (_, i) => i + 1),
    );
  });

  it('fail together, and those that came meanwhile go out all the same', async () => {
    let isFirst = true;
    log.before = () => {
      if (!isFirst) return;
      isFirst = false;
      throw new Error('away');
    };
    const [first, second] = await Promise.allSettled([
      announcer.append(newEvents(1)),
      announcer.append(newEvents(1, 2)),
    ]);
    expect(first).toMatchObject({ status: 'rejected', reason: { message: 'away' } });
    expect(second).toMatchObject({ status: 'fulfilled', value: { seq: 1 } });
    expect(rings.map(({ seq }) => seq)).toEqual([1]);
    expect(await announcer.append(newEvents(1, 3))).toMatchObject({ seq: 2 });
  });
});
