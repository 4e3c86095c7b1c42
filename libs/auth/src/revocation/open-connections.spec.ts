// Streams and sockets end with what their tokens name: in the step that applies the event.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { active, FakeSource, tokenNaming } from '../../../../test/support/auth/fake-versions.js';
import { FakeNodeClock } from '../../../../test/support/fake-node-clock.js';
import { MemoryRevocationLog } from '../../../../test/support/memory-revocation-log.js';
import { numberedEvents } from '../../../../test/support/polls.js';
import { settled } from '../../../../test/support/settled.js';
import { UnavailableError } from '../access-token/access-token.errors.js';
import type { CheckedToken } from '../access-token/checked-token.js';
import { Doorbell } from './doorbell.js';
import type { EndReason, OpenConnection } from './open-connection.js';
import { OpenConnections } from './open-connections.js';
import { RevocationNode } from './revocation-node.js';
import type { Subject } from './subject.js';

let clock: FakeNodeClock;
let log: MemoryRevocationLog;
let bell: Doorbell;
let source: FakeSource;
let node: RevocationNode;
let errors: unknown[];

const named = { 'u:1': 3, 's:one': 1 } as const;
const token = tokenNaming(named);

beforeEach(async () => {
  clock = new FakeNodeClock();
  log = new MemoryRevocationLog(clock);
  bell = new Doorbell();
  source = new FakeSource();
  source.versions.set('u:1', active(3)).set('s:one', active(1)).set('u:2', active(1));
  node = new RevocationNode({
    node: 'a',
    kind: 'server',
    leaseMs: 5_000,
    feed: log,
    bell,
    source,
    secondLevel: null,
    usesMemory: true,
    clock,
  });
  errors = [];
  const ignore = (): void => undefined;
  Logger.overrideLogger({ log: ignore, warn: ignore, error: (error) => void errors.push(error) });
  await node.start();
  expect(await node.versions.check(token)).toBe('current');
});
afterEach(() => Logger.overrideLogger(false));

interface Ended extends OpenConnection {
  readonly reasons: EndReason[];
}

function open(checked: CheckedToken = token): Ended {
  const reasons: EndReason[] = [];
  const connection = node.connections.open(checked, (reason) => reasons.push(reason));
  return {
    reasons,
    mayWrite: () => connection.mayWrite(),
    forget: () => connection.forget(),
  };
}

/** A revoke's event as the bell brings it, after the database was changed or before. */
async function ring(subject: Subject, version: number): Promise<void> {
  const { seq } = await log.append([{ subject, version }]);
  bell.ring({ log: log.id, seq, events: [{ number: seq, subject, version }] });
}

describe('a connection', () => {
  it('is ended before the event is acknowledged', async () => {
    const connection = open();
    const endedWhenAcknowledged: boolean[] = [];
    bell.onAcknowledgement(() => endedWhenAcknowledged.push(connection.reasons.length === 1));
    await ring('u:1', 4);
    expect(endedWhenAcknowledged).toEqual([true]);
    expect(connection.reasons).toEqual(['token_revoked']);
    expect(node.connections.size).toBe(0);
  });

  it('is ended also when a poll brings the event', async () => {
    const connection = open();
    await log.append([{ subject: 's:one', version: 2 }]);
    await clock.elapse(1_000);
    expect(connection.reasons).toEqual(['session_revoked']);
  });

  it.each([
    ['an older version', 'u:1', 3],
    ['somebody else', 'u:2', 4],
  ] as const)('goes on when an event is about %s', async (_name, subject, version) => {
    const connection = open();
    await ring(subject, version);
    expect(connection.reasons).toEqual([]);
    expect(connection.mayWrite()).toBe(true);
  });

  it('is told once, and may not write any more', async () => {
    const connection = open();
    await ring('u:1', 4);
    await ring('s:one', 2);
    node.connections.endAll('unknown');
    expect(connection.reasons).toEqual(['token_revoked']);
    expect(connection.mayWrite()).toBe(false);
  });

  it('is ended when events were missed: nobody knows whose', async () => {
    const connection = open();
    log.id = 'log-2';
    await clock.elapse(1_000);
    expect(connection.reasons).toEqual(['unknown']);
  });

  it('that is opened after the event was applied ends at once', async () => {
    await ring('u:1', 4);
    source.versions.set('u:1', active(4));
    const connection = open();
    await settled();
    expect(connection.reasons).toEqual(['token_revoked']);
  });

  it('that is opened between a revoke’s two events ends at the second', async () => {
    await ring('u:1', 4);
    const connection = open();
    await settled();
    expect(connection.reasons).toEqual([]);
    source.versions.set('u:1', active(4));
    await ring('u:1', 4);
    expect(connection.reasons).toEqual(['token_revoked']);
  });

  it('that is opened while a revoker crashes is found within a lease', async () => {
    await ring('u:1', 4);
    const connection = open();
    await settled();
    source.versions.set('u:1', active(4));
    await clock.elapse(4_999);
    expect(connection.reasons).toEqual([]);
    await clock.elapse(1);
    expect(connection.reasons).toEqual(['token_revoked']);
  });

  it('asks nobody as long as memory knows, however often it writes', async () => {
    const connection = open();
    source.reads.length = 0;
    for (let i = 0; i < 50; i++) expect(connection.mayWrite()).toBe(true);
    await clock.elapse(20_000);
    expect(source.reads).toEqual([]);
    expect(connection.reasons).toEqual([]);
  });

  it('ends with its session', async () => {
    const connection = open(tokenNaming(named, clock.wall() / 1000 + 60));
    await clock.elapse(59_999);
    expect(connection.mayWrite()).toBe(true);
    clock.advance(1);
    expect(connection.mayWrite()).toBe(false);
    expect(connection.reasons).toEqual(['session_expired']);
  });

  it('ends with its session also when nobody writes, within a lease', async () => {
    const connection = open(tokenNaming(named, clock.wall() / 1000 + 61));
    await clock.elapse(65_000);
    expect(connection.reasons).toEqual(['session_expired']);
  });
});

describe('without a lease', () => {
  beforeEach(() => {
    log.before = () => Promise.reject(new Error('away'));
  });

  it('a write waits for what the source says, and goes out when it is good', async () => {
    const connection = open();
    clock.stop(5_000);
    const answer = connection.mayWrite();
    expect(answer).toBeInstanceOf(Promise);
    expect(await answer).toBe(true);
    expect(connection.reasons).toEqual([]);
  });

  it('a write does not go out when the source says otherwise', async () => {
    const connection = open();
    clock.stop(5_000);
    source.versions.set('u:1', active(4));
    expect(await connection.mayWrite()).toBe(false);
    expect(connection.reasons).toEqual(['token_revoked']);
  });

  it('and without the source everything ends, as unknown, within a lease', async () => {
    const connection = open();
    source.isDown = true;
    await clock.elapse(10_000);
    expect(connection.reasons).toEqual(['unknown']);
  });

  it('a read under way when the event comes does not let the write out', async () => {
    const connection = open();
    clock.stop(5_000);
    source.isSlow = true;
    const answer = connection.mayWrite();
    await settled();
    await Promise.resolve();
    bell.ring({ log: log.id, seq: 1, events: [{ number: 1, subject: 'u:1', version: 4 }] });
    expect(connection.reasons).toEqual(['token_revoked']);
    source.held.forEach((read) => read.answer());
    expect(await answer).toBe(false);
    expect(connection.reasons).toHaveLength(1);
  });
});

it('where the versions cannot be asked at all, a write does not go out', () => {
  const versions = {
    check: () => {
      throw new UnavailableError('away');
    },
  };
  const connections = new OpenConnections(versions, clock, 5_000);
  const reasons: EndReason[] = [];
  connections.open(token, (reason) => reasons.push(reason));
  expect(reasons).toEqual(['unknown']);
});

describe('what is kept of connections', () => {
  it('is nothing after they were closed from the other side, or ended', async () => {
    const [one, other] = [open(), open()];
    one.forget();
    one.forget();
    expect(node.connections.size).toBe(1);
    await ring('u:1', 4);
    expect([one.reasons, other.reasons]).toEqual([[], ['token_revoked']]);
    expect(node.connections.size).toBe(0);
    expect(one.mayWrite()).toBe(false);
  });

  it('is nothing of whoever was connected once', () => {
    for (let i = 0; i < 100; i++) open(tokenNaming({ [`u:${i}`]: 3 })).forget();
    const { bySubject } = node.connections as unknown as { bySubject: Map<string, unknown> };
    expect(bySubject.size).toBe(0);
  });

  it('is no timer when there is none', () => {
    const before = clock.timersLeft;
    const [one, other] = [open(), open()];
    expect(clock.timersLeft).toBe(before + 1);
    one.forget();
    other.forget();
    expect(clock.timersLeft).toBe(before);
  });

  it('is bounded: beyond 50,000 a new one is 503, and room comes back', () => {
    const connections = Array.from({ length: 50_000 }, () => open());
    expect(() => open()).toThrow('Too many connections are open.');
    connections[0]?.forget();
    expect(() => open()).not.toThrow();
  });

  it('ends all of one user in one step, and the others go on', async () => {
    expect(await node.versions.check(tokenNaming({ 'u:2': 1 }))).toBe('current');
    const ours = Array.from({ length: 20 }, () => open());
    const theirs = open(tokenNaming({ 'u:2': 1 }));
    await ring('u:1', 4);
    expect(ours.every(({ reasons }) => reasons.length === 1)).toBe(true);
    expect(theirs.reasons).toEqual([]);
  });
});

describe('a connection whose end throws', () => {
  it('holds up neither the others nor the acknowledgement, and is logged', async () => {
    const acknowledged: number[] = [];
    bell.onAcknowledgement(({ acked }) => acknowledged.push(acked));
    node.connections.open(token, () => {
      throw new Error('already destroyed');
    });
    const other = open();
    await ring('u:1', 4);
    expect(other.reasons).toEqual(['token_revoked']);
    expect(acknowledged).toEqual([1]);
    expect(errors).toMatchObject([{ message: 'already destroyed' }]);
  });

  it('that ends another one ends each once', async () => {
    const second: EndReason[] = [];
    const connection = node.connections.open(token, () => node.connections.endAll('unknown'));
    node.connections.open(token, (reason) => second.push(reason));
    await ring('u:1', 4);
    expect(connection.mayWrite()).toBe(false);
    expect(second).toHaveLength(1);
  });
});

it('a node that stops ends what is open, then leaves', async () => {
  const connection = open();
  log.before = (step) => {
    if (step === 'leave') expect(connection.reasons).toEqual(['unknown']);
  };
  await node.stop();
  expect(connection.reasons).toEqual(['unknown']);
  expect(open().reasons).toEqual(['unknown']);
  expect(node.connections.size).toBe(0);
  expect(log.nodes.size).toBe(0);
  bell.ring({ log: log.id, seq: 1, events: numberedEvents(1, 1) });
  expect(node.state.applied).toBe(0);
});
