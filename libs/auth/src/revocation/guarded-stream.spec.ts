// Values of a stream for a handler: only while the token holds, and none after.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Observable, Subject, of, throwError } from 'rxjs';
import { active, FakeSource, tokenNaming } from '../../../../test/support/auth/fake-versions.js';
import { FakeNodeClock } from '../../../../test/support/fake-node-clock.js';
import { settled } from '../../../../test/support/settled.js';
import { MemberTokenVersions } from './check/member-token-versions.js';
import { SubjectLookup } from './check/subject-lookup.js';
import type { EndReason } from './open-connection.js';
import { OpenConnections } from './open-connections.js';
import { RevocationState } from './state/revocation-state.js';

let clock: FakeNodeClock;
let state: RevocationState;
let source: FakeSource;
let connections: OpenConnections;
let values: Subject<string>;
let seen: string[];

const token = tokenNaming({ 'u:1': 3 });

beforeEach(async () => {
  clock = new FakeNodeClock();
  state = new RevocationState(clock);
  source = new FakeSource();
  source.versions.set('u:1', active(3));
  const lookup = new SubjectLookup(state, source, null, clock);
  const versions = new MemberTokenVersions(state, lookup);
  connections = new OpenConnections(versions, clock, 5_000, state);
  poll();
  await versions.check(token);
  values = new Subject();
  seen = [];
});

function poll(): void {
  const reply = { log: 'log', seq: state.applied, events: [], oldestAgeMs: null, leaseMs: 5_000 };
  const asked = { log: state.logId, after: state.applied };
  state.accept({ ...reply, gap: state.logId === null }, clock.moment(), asked);
}

const revoke = (): void => {
  const number = state.applied + 1;
  state.hear({ log: 'log', seq: number, events: [{ number, subject: 'u:1', version: 4 }] });
};

const read = (lastWord?: (reason: EndReason) => string): { unsubscribe(): void } =>
  connections.stream(token, values, lastWord).subscribe({
    next: (value) => seen.push(value),
    error: (error: unknown) => seen.push(`error ${String(error)}`),
    complete: () => seen.push('end'),
  });

describe('a guarded stream', () => {
  it('passes on what its source says, at once', () => {
    read();
    values.next('one');
    values.next('two');
    expect(seen).toEqual(['one', 'two']);
  });

  it('ends in the step that applies the event, and says nothing after it', () => {
    read();
    values.next('one');
    revoke();
    expect(seen).toEqual(['one', 'end']);
    values.next('two');
    expect(seen).toEqual(['one', 'end']);
    expect(values.observed).toBe(false);
    expect(connections.size).toBe(0);
  });

  it('ends with a last word, where there is one', () => {
    read((reason) => `ended: ${reason}`);
    revoke();
    expect(seen).toEqual(['ended: token_revoked', 'end']);
  });

  it('is over before it begins for a token that does not hold any more', async () => {
    source.versions.set('u:1', active(4));
    revoke();
    state.install('u:1', active(4), state.applied);
    let begun = 0;
    const source$ = new Observable<string>(() => void (begun += 1));
    connections.stream(token, source$).subscribe({ complete: () => seen.push('end') });
    expect(seen).toEqual(['end']);
    expect(begun).toBe(0);
    expect(connections.size).toBe(0);
  });

  it('is forgotten when its reader has gone, and when its source ends or fails', () => {
    read().unsubscribe();
    expect([connections.size, values.observed]).toEqual([0, false]);
    connections.stream(token, of('one')).subscribe((value) => seen.push(value));
    expect(connections.size).toBe(0);
    const failing = throwError(() => new Error('broken'));
    connections.stream(token, failing).subscribe({ error: () => seen.push('failed') });
    expect([connections.size, ...seen]).toEqual([0, 'one', 'failed']);
  });

  it('is one for each subscriber, and none before there is one', () => {
    const stream = connections.stream(token, values);
    expect(connections.size).toBe(0);
    stream.subscribe();
    stream.subscribe();
    expect(connections.size).toBe(2);
  });
});

describe('without a lease', () => {
  beforeEach(() => {
    clock.stop(5_000);
    source.isSlow = true;
  });

  const answerAll = async (): Promise<void> => {
    for (let i = 0; i < 5; i++) {
      source.held.splice(0).forEach((held) => held.answer());
      await settled();
    }
  };

  it('values wait until it is known that they may be written, and keep their order', async () => {
    read();
    values.next('one');
    values.next('two');
    await settled();
    expect(seen).toEqual([]);
    await answerAll();
    expect(seen).toEqual(['one', 'two']);
  });

  it('values that wait are never written when the answer is no', async () => {
    read();
    source.versions.set('u:1', active(4));
    values.next('one');
    values.next('two');
    await answerAll();
    expect(seen).toEqual(['end']);
  });

  it('values that wait when the event comes are never written', async () => {
    read();
    values.next('one');
    await settled();
    revoke();
    expect(seen).toEqual(['end']);
    await answerAll();
    expect(seen).toEqual(['end']);
  });

  it('a source that ends meanwhile does not cut off what waits', async () => {
    read();
    values.next('one');
    values.complete();
    await answerAll();
    expect(seen).toEqual(['one', 'end']);
  });

  it('more than a thousand that wait end it', async () => {
    read((reason) => reason);
    for (let i = 0; i < 1_001; i++) values.next(`value ${i}`);
    expect(seen).toEqual([]);
    values.next('one too many');
    expect(seen).toEqual(['unknown', 'end']);
    expect(connections.size).toBe(0);
  });
});
