// What a node believes, whatever reaches it in whatever order; and the two bounded parts it is made of.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Moment } from '../../libs/auth/src/revocation/node.clock.js';
import { KnownEvents } from '../../libs/auth/src/revocation/state/known-events.js';
import { RevocationState } from '../../libs/auth/src/revocation/state/revocation-state.js';
import { SubjectRecords } from '../../libs/auth/src/revocation/state/subject-records.js';
import type { Subject } from '../../libs/auth/src/revocation/subject.js';
import {
  ForgetsOpenIntents,
  KeepsRecordsAtGap,
  LeaseByTheBell,
  NoLeastCheck,
  NoLow,
  NumberAtTheEnd,
} from '../simulation/sabotages/of-the-state.js';
import { FakeNodeClock } from '../support/fake-node-clock.js';
import { Model } from './revocation/model.js';
import { steps } from './revocation/steps.js';

const subjectOf = (n: number): Subject => `u:${n}`;

describe('the state of a node', () => {
  const limits = fc.record({
    maxEvents: fc.constantFrom(2, 3, 200),
    maxRecords: fc.constantFrom(2, 6, 200),
  });
  const run = (State: typeof RevocationState, numRuns: number) =>
    fc.check(
      fc.property(limits, fc.array(steps, { maxLength: 120, size: 'max' }), (bounds, list) => {
        const model = new Model(bounds, State);
        for (const step of list) {
          model.take(step);
          const fault = model.fault();
          if (fault !== null) throw new Error(fault);
        }
      }),
      { numRuns, seed: 4 },
    );

  it('never accepts less than it has applied, and calls nothing stale usable', () => {
    const details = run(RevocationState, 3_000);
    expect(fc.defaultReportMessage(details)).toBeUndefined();
    expect(details.numRuns).toBe(3_000);
  });

  it.each([
    NoLeastCheck,
    NumberAtTheEnd,
    KeepsRecordsAtGap,
    ForgetsOpenIntents,
    LeaseByTheBell,
    NoLow,
  ])('is seen to go wrong as %p', (State) => {
    expect(run(State, 10_000).failed).toBe(true);
  });
});

describe('the records in memory', () => {
  type Step =
    | { readonly set: number; readonly version: number }
    | { readonly get: number }
    | { readonly seconds: number }
    | { readonly remove: number };
  const key = fc.nat({ max: 20 });
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ set: key, version: fc.integer({ min: 1, max: 9 }) }),
    fc.record({ get: key }),
    fc.record({ remove: key }),
    fc.record({ seconds: fc.constantFrom(1, 300, 599, 600) }),
  );

  it('are those that were set, or fewer, bounded, and for ten minutes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 12 }),
        fc.array(step, { maxLength: 200 }),
        (max, list) => {
          const records = new SubjectRecords(max);
          const known = new Map<number, { version: number; at: number }>();
          let seconds = 0;
          for (const one of list) {
            if ('seconds' in one) records.tick((seconds += one.seconds) * 1000);
            else if ('remove' in one) {
              records.delete(subjectOf(one.remove));
              known.delete(one.remove);
            } else if ('set' in one) {
              records.set(subjectOf(one.set), { version: one.version, status: 'active' });
              known.set(one.set, { version: one.version, at: seconds });
              expect(records.get(subjectOf(one.set))?.version).toBe(one.version);
            } else {
              const found = records.get(subjectOf(one.get));
              const last = known.get(one.get);
              const isOver = last === undefined || seconds >= last.at + 600;
              if (found !== undefined) {
                expect(isOver).toBe(false);
                expect(found).toMatchObject({ version: last!.version, status: 'active' });
              }
            }
            expect(records.size).toBeLessThanOrEqual(max);
          }
        },
      ),
      { numRuns: 1_000, seed: 4 },
    );
  });

  it('are kept while they are used, however many others come', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 6, max: 40 }),
        fc.array(key, { maxLength: 200 }),
        (max, others) => {
          const records = new SubjectRecords(max);
          records.set('i', { version: 7, status: 'active' });
          for (const other of others) {
            records.set(subjectOf(other), { version: 1, status: 'active' });
            expect(records.get('i')?.version).toBe(7);
          }
        },
      ),
      { numRuns: 500, seed: 4 },
    );
  });
});

describe('the events that are known', () => {
  const step = fc.record({
    subject: fc.nat({ max: 5 }),
    version: fc.integer({ min: 1, max: 6 }),
    monotonic: fc.constantFrom(0, 1_000, 300_000, 599_999, 600_000),
    wall: fc.constantFrom(-3_600_000, 0, 1_000, 300_000, 599_999, 600_000, 3_600_000),
  });

  it('are in mind for ten minutes by both clocks, and what is forgotten is known by number', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (list) => {
        const clock = new FakeNodeClock();
        const events = new KnownEvents(clock);
        const added: { subject: Subject; version: number; at: Moment; isOver: boolean }[] = [];
        for (const { subject, version, monotonic, wall } of list) {
          const low = events.forgottenUpTo;
          clock.stop(0, { ofMonotonic: monotonic, ofWall: wall });
          events.forgetOld();
          for (const one of added) one.isOver ||= clock.shortestSince(one.at) >= 600_000;
          expect(events.forgottenUpTo).toBeGreaterThanOrEqual(low);
          // A later event of the same subject keeps the earlier ones in mind with it.
          for (const one of added) {
            if (one.subject === subjectOf(subject) && !one.isOver) one.at = clock.moment();
          }
          events.add({ subject: subjectOf(subject), version, number: added.length + 1 });
          added.push({ subject: subjectOf(subject), version, at: clock.moment(), isOver: false });
          for (const [index, one] of added.entries()) {
            const isKnown = events.leastVersion(one.subject) >= one.version;
            // Either it speaks against an older record, or the record's number does.
            if (!isKnown) expect(events.forgottenUpTo).toBeGreaterThan(index);
            if (!one.isOver) expect(isKnown).toBe(true);
          }
        }
      }),
      { numRuns: 2_000, seed: 4 },
    );
  });

  it('are no more than the subjects of the log, and start over with what came', () => {
    const versions = fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(versions, fc.nat({ max: 100 }), (list, from) => {
        const events = new KnownEvents(new FakeNodeClock());
        events.add({ subject: 'i', version: 99, number: 1 });
        const numbered = list.map((n, i) => ({
          subject: subjectOf(n),
          version: i + 1,
          number: from + i + 1,
        }));
        events.startOver(numbered, from + list.length);
        expect(events.forgottenUpTo).toBe(from);
        expect(events.leastVersion('i')).toBe(0);
        expect(events.size).toBe(new Set(list).size);
        for (const n of list)
          expect(events.leastVersion(subjectOf(n))).toBe(list.lastIndexOf(n) + 1);
      }),
      { numRuns: 500, seed: 4 },
    );
  });
});
