// Who was seen is written behind: nothing of it is lost by one failure, and nothing grows without bound.
import { Logger } from '@nestjs/common';
import { afterAll, beforeEach, expect, it, jest } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { settled } from '../../../test/support/settled.js';
import { SessionActivity } from './session-activity.js';
import type { SessionsStore, SessionTouch } from './sessions.store.js';

const touch = jest.fn<SessionsStore['touch']>();
const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
let clock: FakeClock;
let activity: SessionActivity;

beforeEach(() => {
  touch.mockReset().mockResolvedValue();
  warn.mockClear();
  clock = new FakeClock();
  activity = new SessionActivity({ touch } as unknown as SessionsStore, clock);
});
afterAll(() => warn.mockRestore());

const written = (): SessionTouch[] => touch.mock.calls.flatMap(([batch]) => [...batch]);
const seen = (id: string, seconds: number): SessionTouch => ({
  id,
  lastSeenAt: new Date(clock.now()),
  idleExpiresAt: new Date(seconds * 1000),
});
function noteMany(from: number, to: number): void {
  for (let n = from; n < to; n += 1) activity.note(`s${n}`, n);
}

it('writes each session once, as it was seen last, and nothing twice', async () => {
  activity.note('a', 1);
  clock.advance(1_000);
  activity.note('a', 2);
  activity.note('b', 3);
  await activity.flush();
  expect(written()).toEqual([seen('a', 2), seen('b', 3)]);
  await activity.flush();
  expect(touch).toHaveBeenCalledTimes(1);
});

it('writes what could not be written with the next, unless it is known better by then', async () => {
  touch.mockRejectedValueOnce(new Error('down'));
  activity.note('a', 1);
  activity.note('b', 2);
  const first = [seen('a', 1), seen('b', 2)];
  await activity.flush();
  expect(warn).toHaveBeenCalledWith('last activity of 2 sessions is not stored yet: down');
  touch.mockClear();
  clock.advance(1_000);
  activity.note('b', 3);
  activity.note('c', 4);
  await activity.flush();
  expect(written()).toHaveLength(3);
  expect(written()).toEqual(expect.arrayContaining([first[0], seen('b', 3), seen('c', 4)]));
});

it('has written what was noted before, when another batch was under way', async () => {
  let done: () => void = () => undefined;
  touch.mockReturnValueOnce(new Promise((resolve) => (done = resolve)));
  activity.note('a', 1);
  const first = activity.flush();
  await settled();
  activity.note('b', 2);
  activity.note('a', 3);
  const second = activity.flush();
  await settled();
  expect(touch).toHaveBeenCalledTimes(1);
  done();
  await Promise.all([first, second]);
  expect(touch.mock.calls[1]?.[0]).toEqual([seen('b', 2), seen('a', 3)]);
});

it('does not wait for its turn when very many were seen', async () => {
  noteMany(0, 4_999);
  await settled();
  expect(touch).not.toHaveBeenCalled();
  noteMany(4_999, 5_000);
  await settled();
  expect(written()).toHaveLength(5_000);
});

it('keeps no more than it may, and asks a database that is down no more often for it', async () => {
  touch.mockRejectedValue(new Error('down'));
  noteMany(0, 25_000);
  await settled();
  noteMany(25_000, 50_000);
  await settled();
  expect(touch.mock.calls.length).toBeLessThanOrEqual(1);
  touch.mockReset().mockResolvedValue();
  await activity.flush();
  expect(written()).toHaveLength(20_000);
  activity.note('later', 1);
  await activity.flush();
  expect(written()).toHaveLength(20_001);
});
