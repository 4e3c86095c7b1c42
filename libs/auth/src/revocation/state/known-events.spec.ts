// The least version that a recently revoked subject may have, and up to where nothing is known.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeNodeClock } from '../../../../../test/support/fake-node-clock.js';
import type { NumberedEvent } from '../revocation-log.js';
import type { Subject } from '../subject.js';
import { KnownEvents } from './known-events.js';

let clock: FakeNodeClock;
let events: KnownEvents;

beforeEach(() => {
  clock = new FakeNodeClock();
  events = new KnownEvents(clock);
});

const event = (number: number, version: number, subject: Subject = 'u:1'): NumberedEvent => ({
  number,
  subject,
  version,
});

describe('known events', () => {
  it('say the least version of a subject; 0 where nothing was said', () => {
    events.add(event(1, 4));
    expect([events.leastVersion('u:1'), events.leastVersion('u:2')]).toEqual([4, 0]);
  });

  it('never say less than before', () => {
    events.add(event(1, 4));
    events.add(event(2, 3));
    expect(events.leastVersion('u:1')).toBe(4);
  });

  it('are one for each subject, however often it is revoked', () => {
    for (let i = 1; i <= 50; i++) events.add(event(i, i));
    expect(events.size).toBe(1);
  });

  it('are forgotten after ten minutes, and up to where is remembered', () => {
    events.add(event(1, 4));
    events.add(event(2, 2, 'u:2'));
    clock.advance(1);
    events.add(event(3, 7, 'u:3'));
    clock.advance(599_998);
    events.forgetOld();
    expect([events.size, events.forgottenUpTo]).toEqual([3, 0]);
    clock.advance(1);
    events.forgetOld();
    expect([events.size, events.forgottenUpTo]).toEqual([1, 2]);
    expect([events.leastVersion('u:1'), events.leastVersion('u:3')]).toEqual([0, 7]);
  });

  it('are kept for ten minutes more when their subject is revoked again', () => {
    events.add(event(1, 4));
    events.add(event(2, 2, 'u:2'));
    clock.advance(300_000);
    events.add(event(3, 5));
    clock.advance(300_000);
    events.forgetOld();
    expect([events.leastVersion('u:1'), events.leastVersion('u:2')]).toEqual([5, 0]);
    expect(events.forgottenUpTo).toBe(2);
  });

  it.each([
    ['the wall clock that jumps ahead', { ofMonotonic: 0 }],
    ['the monotonic clock while the wall clock was set back', { ofWall: -3_600_000 }],
  ])('are not forgotten by %s', (_name, which) => {
    events.add(event(1, 4));
    clock.stop(3_600_000, which);
    events.forgetOld();
    expect(events.leastVersion('u:1')).toBe(4);
  });

  it('after starting over are those that came with it; nothing is known of any before the oldest', () => {
    events.add(event(1, 9, 'u:old'));
    events.startOver([event(31, 4), event(32, 2, 'u:2')], 32);
    expect([events.leastVersion('u:1'), events.leastVersion('u:2')]).toEqual([4, 2]);
    expect([events.leastVersion('u:old'), events.forgottenUpTo]).toEqual([0, 30]);
  });

  it('after starting over with none are known of no number up to the log’s last', () => {
    events.startOver([], 40);
    expect([events.size, events.forgottenUpTo]).toEqual([0, 40]);
  });
});
