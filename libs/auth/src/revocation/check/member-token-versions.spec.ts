// The guard's question: from memory where memory counts, else by a read that is worth something.
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  active,
  FakeSecondLevel,
  FakeSource,
  tokenNaming,
} from '../../../../../test/support/auth/fake-versions.js';
import { FakeNodeClock } from '../../../../../test/support/fake-node-clock.js';
import { settled } from '../../../../../test/support/settled.js';
import { UnavailableError } from '../../access-token/access-token.errors.js';
import type { NumberedEvent, PollReply } from '../revocation-log.js';
import { RevocationState } from '../state/revocation-state.js';
import type { Subject } from '../subject.js';
import { MemberTokenVersions } from './member-token-versions.js';
import { SubjectLookup } from './subject-lookup.js';
import type { TokenVerdict } from './token-versions.js';

let clock: FakeNodeClock;
let state: RevocationState;
let source: FakeSource;
let shared: FakeSecondLevel;
let versions: MemberTokenVersions;

const user: Subject = 'u:1';
const token = tokenNaming({ 'u:1': 3 });
const whole = tokenNaming({ 'u:1': 3, 'c:web': 2, i: 1, 'k:key': 1, 's:one': 1 });

beforeEach(() => {
  clock = new FakeNodeClock();
  state = new RevocationState(clock);
  source = new FakeSource();
  for (const [subject, version] of whole.subjects) source.versions.set(subject, active(version));
  shared = new FakeSecondLevel();
  versions = newVersions();
  poll();
});

const newVersions = (usesMemory = true): MemberTokenVersions =>
  new MemberTokenVersions(state, new SubjectLookup(state, source, shared, clock), usesMemory);

/** The answer to a poll: a fresh lease, and what came with it. */
function poll(reply: Partial<PollReply> = {}): void {
  const whole = { log: 'log', seq: 0, events: [], gap: false, oldestAgeMs: null, leaseMs: 5_000 };
  state.accept({ ...whole, seq: state.applied, ...reply }, clock.moment(), {
    log: state.logId,
    after: state.applied,
  });
}

const event = (number: number, version: number, subject = user): NumberedEvent => ({
  number,
  subject,
  version,
});

const hear = (...events: NumberedEvent[]): void =>
  void state.hear({ log: 'log', seq: events.at(-1)?.number ?? 0, events });

/** As another node left it, having applied everything up to `number`. */
function store(version: number, number: number, status = 'active', at = clock.wall()): void {
  shared.stored.set(`log:${user}`, { version, status, number, at });
}

/** So that the next check finds everything in memory. */
async function warm(): Promise<void> {
  expect(await versions.check(whole)).toBe('current');
  source.reads.length = 0;
  shared.asked.length = 0;
}

/** Begins a check that has to read; its verdict is there once it was given. */
function begin(checked = token): { verdict?: TokenVerdict; error?: unknown } {
  const running: { verdict?: TokenVerdict; error?: unknown } = {};
  void Promise.resolve(versions.check(checked)).then(
    (verdict) => (running.verdict = verdict),
    (error: unknown) => (running.error = error),
  );
  return running;
}

describe('a warm check', () => {
  beforeEach(warm);

  it('is answered at once, without a promise, and asks nobody', () => {
    expect(versions.check(whole)).toBe('current');
    expect([source.reads, shared.asked]).toEqual([[], []]);
  });

  it.each([
    ['u:1', 2, 'token_revoked'],
    ['c:web', 1, 'token_revoked'],
    ['i', 0, 'token_revoked'],
    ['k:key', 0, 'token_revoked'],
    ['s:one', 0, 'session_revoked'],
  ] as const)('refuses from memory a token older in %s', (subject, version, verdict) => {
    const older = tokenNaming({ ...Object.fromEntries(whole.subjects), [subject]: version });
    expect(versions.check(older)).toBe(verdict);
  });

  it('of a token older in two names the first of them: the user before the session', () => {
    const older = tokenNaming({ 'u:1': 2, 'c:web': 2, i: 1, 's:one': 0 });
    expect(versions.check(older)).toBe('token_revoked');
  });

  it('is a promise as soon as the lease is over, by either clock, and reads everything', async () => {
    clock.stop(5_000, { ofMonotonic: 0 });
    source.versions.set(user, active(4));
    expect(await versions.check(whole)).toBe('token_revoked');
    expect(source.reads.sort()).toEqual(['c:web', 'i', 'k:key', 's:one', 'u:1']);
  });

  it('with the lease over and the source down is 503, not 401 and not let in', async () => {
    clock.stop(5_000);
    source.isDown = true;
    await expect(versions.check(whole)).rejects.toThrow(UnavailableError);
  });

  it('goes on from memory while the lease holds and the source is down', () => {
    source.isDown = true;
    expect(versions.check(whole)).toBe('current');
  });

  it('of a subject with news reads that one', async () => {
    hear(event(1, 4));
    expect(await versions.check(whole)).toBe('current');
    expect(source.reads).toEqual([user]);
  });

  it('of a subject that was suspended without a new version is read again', async () => {
    // As a hand in the database would; a revoke raises the version as well.
    clock.advance(300_000);
    for (let i = 0; i < 2; i++) {
      clock.advance(150_000);
      poll();
    }
    source.versions.set(user, { version: 3, status: 'suspended' });
    expect(await versions.check(token)).toBe('token_revoked');
    source.reads.length = 0;
    source.versions.set(user, active(3));
    expect(await versions.check(token)).toBe('current');
    expect(source.reads).toEqual([user]);
  });
});

describe('without memory (REVOCATION_CACHE=off)', () => {
  it('every check reads everything, and keeps up with the source', async () => {
    versions = newVersions(false);
    for (let i = 0; i < 2; i++) {
      source.reads.length = 0;
      expect(await versions.check(whole)).toBe('current');
      expect(source.reads.sort()).toEqual(['c:web', 'i', 'k:key', 's:one', 'u:1']);
    }
    source.versions.set('s:one', { version: 2, status: 'ended' });
    expect(await versions.check(whole)).toBe('session_revoked');
    expect(shared.asked).toEqual([]);
  });
});

describe('a record of the second level', () => {
  it('counts when it is usable: the source is not asked, and memory has it from now on', async () => {
    store(3, 0);
    expect(await versions.check(token)).toBe('current');
    expect(source.reads).toEqual([]);
    expect(versions.check(token)).toBe('current');
  });

  it('refuses an older token as well', async () => {
    store(4, 0);
    expect(await versions.check(token)).toBe('token_revoked');
    expect(source.reads).toEqual([]);
  });

  it('below what an event says does not count', async () => {
    hear(event(1, 4));
    store(3, 5);
    source.versions.set(user, active(4));
    expect(await versions.check(token)).toBe('token_revoked');
    expect(source.reads).toEqual([user]);
  });

  it('from before what was forgotten does not count', async () => {
    poll({ log: 'other', seq: 40, events: [event(31, 9, 'u:2')], gap: true });
    shared.stored.set(`other:${user}`, { ...active(3), number: 29, at: clock.wall() });
    expect(await versions.check(token)).toBe('current');
    expect(source.reads).toEqual([user]);
    shared.stored.set('other:u:3', { ...active(3), number: 30, at: clock.wall() });
    expect(await versions.check(tokenNaming({ 'u:3': 3 }))).toBe('current');
    expect(source.reads).toEqual([user]);
  });

  it('that became unusable while others were looked up does not count', async () => {
    store(3, 0);
    source.isSlow = true;
    const running = begin(tokenNaming({ 'u:1': 3, i: 1 }));
    await settled();
    expect(source.held.map(({ subject }) => subject)).toEqual(['i']);
    hear(event(1, 4));
    source.versions.set(user, active(4));
    source.held[0]?.answer();
    await settled();
    source.held.slice(1).forEach((read) => read.answer());
    await settled();
    expect(running.verdict).toBe('token_revoked');
  });

  it.each([
    ['older than five minutes', -300_001],
    ['of a clock five minutes ahead', 300_001],
  ])('%s does not count', async (_name, ms) => {
    store(3, 0, 'active', clock.wall() + ms);
    await versions.check(token);
    expect(source.reads).toEqual([user]);
  });

  it('of exactly five minutes counts', async () => {
    store(3, 0, 'active', clock.wall() - 300_000);
    await versions.check(token);
    expect(source.reads).toEqual([]);
  });

  it('does not count when the lease ended meanwhile', async () => {
    store(3, 0);
    let open = (): void => undefined;
    shared.gate = new Promise((resolve) => (open = resolve));
    const running = begin();
    clock.stop(5_000);
    source.versions.set(user, active(4));
    open();
    await settled();
    expect(running.verdict).toBe('token_revoked');
    expect(source.reads).toEqual([user]);
  });

  it('is not asked for without a lease', async () => {
    clock.stop(5_000);
    store(3, 0);
    await versions.check(token);
    expect(shared.asked).toEqual([]);
  });

  it('that is older than the token is no reason to refuse it: the source is asked', async () => {
    store(2, 0);
    expect(await versions.check(token)).toBe('current');
    expect(source.reads).toEqual([user]);
  });

  it('that says suspended at the token’s version does not refuse: the source is asked', async () => {
    store(3, 0, 'suspended');
    expect(await versions.check(token)).toBe('current');
    expect(source.reads).toEqual([user]);
  });

  it('of another log is not looked at', async () => {
    store(3, 0);
    poll({ log: 'other', gap: true });
    await versions.check(token);
    expect(shared.asked).toEqual([`other:${user}`]);
    expect(source.reads).toEqual([user]);
  });

  it('of a log that changed while it was fetched does not count', async () => {
    store(3, 9);
    let open = (): void => undefined;
    shared.gate = new Promise((resolve) => (open = resolve));
    const running = begin();
    poll({ log: 'other', gap: true });
    open();
    await settled();
    expect(running.verdict).toBe('current');
    expect(source.reads).toEqual([user]);
  });
});

describe('a token newer than what is in memory', () => {
  beforeEach(warm);

  it('is read from the source, and never refused by an old record', async () => {
    source.versions.set(user, active(4));
    expect(await versions.check(tokenNaming({ 'u:1': 4 }))).toBe('current');
    expect(source.reads).toEqual([user]);
    expect(versions.check(tokenNaming({ 'u:1': 4 }))).toBe('current');
    expect(versions.check(token)).toBe('token_revoked');
  });

  it('is read alone, also where the second level has an old record of it', async () => {
    source.versions.set(user, active(4));
    state.install(user, active(3), 0);
    store(3, 0);
    const newer = tokenNaming({ ...Object.fromEntries(whole.subjects), 'u:1': 4 });
    expect(await versions.check(newer)).toBe('current');
    expect(source.reads).toEqual([user]);
  });

  it('than the source too does not hold', async () => {
    expect(await versions.check(tokenNaming({ 'u:1': 9 }))).toBe('token_revoked');
  });
});

describe('a read that began before the request arrived', () => {
  it('is joined, and counts where it is usable under the lease', async () => {
    source.isSlow = true;
    const first = begin();
    await settled();
    const second = begin();
    await settled();
    expect(source.held).toHaveLength(1);
    source.held[0]?.answer();
    await settled();
    expect([first.verdict, second.verdict]).toEqual(['current', 'current']);
  });

  it('does not count where an event speaks against it: the request reads for itself', async () => {
    source.isSlow = true;
    const first = begin();
    await settled();
    source.versions.set(user, active(4));
    hear(event(1, 4));
    const second = begin();
    await settled();
    source.held[0]?.answer();
    await settled();
    // The first one had arrived before the revoke was answered, and may still be let in.
    expect(first.verdict).toBe('current');
    expect(second.verdict).toBeUndefined();
    source.held[1]?.answer();
    await settled();
    expect(second.verdict).toBe('token_revoked');
  });

  it('and does not count is read again, alone', async () => {
    source.isSlow = true;
    begin();
    await settled();
    source.versions.set(user, active(4));
    hear(event(1, 4));
    const second = begin(tokenNaming({ 'u:1': 4, i: 1 }));
    await settled();
    source.held.forEach((held) => held.answer());
    await settled();
    source.held.forEach((held) => held.answer());
    await settled();
    expect(second.verdict).toBe('current');
    expect(source.reads).toEqual([user, 'i', user]);
  });

  it('does not count without a lease, which it may have outlived', async () => {
    source.isSlow = true;
    const first = begin();
    await settled();
    const second = begin();
    await settled();
    source.versions.set(user, active(4));
    clock.stop(5_000);
    source.held[0]?.answer();
    await settled();
    expect(first.verdict).toBe('current');
    expect(second.verdict).toBeUndefined();
    source.held[1]?.answer();
    await settled();
    expect(second.verdict).toBe('token_revoked');
  });

  it('of a request without a lease is never joined', async () => {
    clock.stop(5_000);
    source.isSlow = true;
    begin();
    begin();
    await settled();
    expect(source.held).toHaveLength(2);
  });
});

describe('everything is decided in one step, after any wait', () => {
  it('what was in memory when the check began counts only if it still is', async () => {
    await warm();
    source.isSlow = true;
    const running = begin(tokenNaming({ 'u:1': 3, 'u:2': 1 }));
    await settled();
    source.versions.set(user, active(4)).set('u:2', active(1));
    hear(event(1, 4));
    source.held[0]?.answer(active(1));
    await settled();
    source.held.slice(1).forEach((read) => read.answer());
    await settled();
    expect(running.verdict).toBe('token_revoked');
  });

  it('own reads alone need no lease', async () => {
    clock.stop(5_000);
    expect(await versions.check(whole)).toBe('current');
  });

  it('a subject that does not exist is refused, and not remembered', async () => {
    source.versions.delete('s:one');
    expect(await versions.check(whole)).toBe('session_revoked');
    source.versions.set('s:one', active(1));
    expect(await versions.check(whole)).toBe('current');
  });

  it('a subject whose status is not active is refused at its own version', async () => {
    source.versions.set('c:web', { version: 2, status: 'disabled' });
    expect(await versions.check(whole)).toBe('token_revoked');
  });
});
