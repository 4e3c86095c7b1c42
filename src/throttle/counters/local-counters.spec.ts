import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { LocalCounters } from './local-counters.js';

const limit = { attempts: 3, windowMs: 1000 };

describe('the counters of one process', () => {
  it('grant as many as the limit says, and say how long to wait', () => {
    const clock = new FakeClock();
    const counters = new LocalCounters(clock);
    const granted = [1, 2, 3, 4].map(() => counters.take('a', limit).isGranted);
    expect(granted).toEqual([true, true, true, false]);
    clock.advance(400);
    expect(counters.take('a', limit)).toEqual({ isGranted: false, attempts: 3, restMs: 600 });
  });

  it('begin anew when the window is over, to the millisecond', () => {
    const clock = new FakeClock();
    const counters = new LocalCounters(clock);
    for (let i = 0; i < 3; i++) counters.take('a', limit);
    clock.advance(999);
    expect(counters.take('a', limit).isGranted).toBe(false);
    clock.advance(1);
    expect(counters.take('a', limit).isGranted).toBe(true);
  });

  it('keep keys apart, and take back what is not to count', () => {
    const counters = new LocalCounters(new FakeClock());
    for (let i = 0; i < 3; i++) counters.take('a', limit);
    expect(counters.take('b', limit).isGranted).toBe(true);
    counters.giveBack('a');
    expect(counters.take('a', limit).isGranted).toBe(true);
    expect(counters.take('a', limit).isGranted).toBe(false);
  });

  it('do not lock anybody out for hours when the clock is set back', () => {
    const clock = new FakeClock();
    const counters = new LocalCounters(clock);
    for (let i = 0; i < 3; i++) counters.take('a', limit);
    clock.advance(-3_600_000);
    expect(counters.take('a', limit).isGranted).toBe(true);
  });
});
