// The first level: what is in it, for how long, and what goes when it is full.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { active } from '../../../../../test/support/auth/fake-versions.js';
import { SubjectRecords } from './subject-records.js';

let records: SubjectRecords;

beforeEach(() => {
  records = new SubjectRecords(8);
});

const fill = (from: number, to: number): void => {
  for (let i = from; i <= to; i++) records.set(`u:${i}`, active(i));
};

describe('the first level', () => {
  it('gives back what was put in, and nothing of what was not', () => {
    records.set('u:1', { version: 3, status: 'suspended' });
    expect(records.get('u:1')).toEqual({ version: 3, status: 'inactive' });
    expect(records.get('u:2')).toBeUndefined();
  });

  it('holds the last that was put in', () => {
    fill(1, 6);
    records.set('u:1', active(9));
    expect(records.get('u:1')).toMatchObject({ version: 9 });
  });

  it.each([1, 3, 4, 5])('has nothing of what was deleted, %d more or not', (more) => {
    records.set('u:0', active(1));
    fill(1, more);
    records.delete('u:0');
    expect(records.get('u:0')).toBeUndefined();
  });

  it('has nothing after it was cleared', () => {
    fill(1, 6);
    records.clear();
    expect([1, 2, 3, 4, 5, 6].map((i) => records.get(`u:${i}`))).toEqual(
      Array.from({ length: 6 }, () => undefined),
    );
    expect(records.size).toBe(0);
  });

  it.each([1, 2, 1_048_576, 2_147_483_648, 4_398_046_511_103])(
    'says the version %d as a number, and by its sign whether the subject is active',
    (version) => {
      for (const seconds of [0, 9_999, 123_456]) {
        records.tick(seconds * 1000);
        records.set('u:1', active(version));
        records.set('u:2', { version, status: 'suspended' });
        records.tick(seconds * 1000 + 500_000);
        expect([records.standing('u:1'), records.standing('u:2')]).toEqual([version, -version]);
      }
      expect(records.standing('u:3')).toBe(0);
    },
  );

  it('has nothing of what nobody asked for in hours, also when its time comes round again', () => {
    records.tick(0);
    records.set('u:1', active(3));
    for (let seconds = 0; seconds <= 10_240; seconds += 1) records.tick(seconds * 1000);
    expect(records.standing('u:1')).toBe(0);
  });

  it('is bounded', () => {
    fill(1, 10_000);
    expect(records.size).toBeLessThanOrEqual(8);
    expect(records.get('u:10000')).toBeDefined();
  });

  it('keeps what is used and loses what nobody uses', () => {
    records.set('u:used', active(1));
    records.set('u:unused', active(1));
    for (let i = 0; i < 100; i++) {
      records.set(`u:${i}`, active(1));
      expect(records.get('u:used')).toBeDefined();
    }
    expect(records.get('u:unused')).toBeUndefined();
  });

  it('lets a record go after ten minutes, used or not', () => {
    records.tick(5_000);
    records.set('u:1', active(3));
    for (let seconds = 5; seconds < 605; seconds += 10) {
      records.tick(seconds * 1000);
      expect(records.get('u:1')).toBeDefined();
      fill(100 + seconds, 101 + seconds);
    }
    records.tick(605_000);
    expect(records.get('u:1')).toBeUndefined();
  });

  it('begins the ten minutes anew when a record is read anew', () => {
    records.set('u:1', active(3));
    records.tick(300_000);
    records.set('u:1', active(3));
    records.tick(899_000);
    expect(records.get('u:1')).toBeDefined();
    records.tick(900_000);
    expect(records.get('u:1')).toBeUndefined();
  });
});
