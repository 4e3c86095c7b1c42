// The one way by which anything is revoked: intent, commit, done, await; and every way it can go wrong.
import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeNodeClock } from '../../../../../test/support/fake-node-clock.js';
import { MemoryRevocationLog } from '../../../../../test/support/memory-revocation-log.js';
import { settled } from '../../../../../test/support/settled.js';
import { UnavailableError } from '../../access-token/access-token.errors.js';
import { Doorbell } from '../doorbell.js';
import type { Subject } from '../subject.js';
import { Revoker, type CommitCondition, type Revoked, type RevokingChange } from './revoker.js';

let clock: FakeNodeClock;
let log: MemoryRevocationLog;
let bell: Doorbell;
let revoker: Revoker;
/** What happened, in order. */
let story: string[];

beforeEach(() => {
  clock = new FakeNodeClock();
  log = new MemoryRevocationLog(clock);
  bell = new Doorbell();
  revoker = new Revoker(log, bell, clock, 5_000);
  story = [];
  log.before = (step) => void story.push(step);
  bell.onRing(({ events }) => story.push(`ring ${events.map(({ number }) => number).join()}`));
});

/** A subject in a database; `spoil` may do something between the reading and the commit. */
class Row implements RevokingChange<string> {
  readonly conditions: CommitCondition[] = [];
  commits = 0;
  isThere = true;
  spoil: () => void | Promise<void> = () => undefined;

  constructor(
    readonly subject: Subject = 'u:1',
    public version = 3,
  ) {}

  readonly readVersion = async (): Promise<number> => {
    story.push('read');
    if (!this.isThere) throw new Error('not found');
    return this.version;
  };

  readonly commit = async (condition: CommitCondition): Promise<string | null> => {
    story.push('commit');
    this.commits += 1;
    this.conditions.push(condition);
    await this.spoil();
    if (condition.version !== this.version || clock.wall() >= condition.notAfter.getTime()) {
      return null;
    }
    this.version += 1;
    return `${this.subject} at ${this.version}`;
  };
}

interface Running {
  readonly done: Promise<Revoked<string>>;
  isOver: boolean;
}

function start(...changes: Row[]): Running {
  const running: Running = { done: revoker.revoke(changes), isOver: false };
  void running.done.then(() => (running.isOver = true));
  return running;
}

const eventsOf = (): string[] =>
  log.appends.map((events) => events.map(({ subject, version }) => `${subject}=${version}`).join());

/** 1.01 / 0.99 of five seconds, and 50 ms. */
const wholeWait = 5_151.01;

describe('a revoke', () => {
  it('announces, commits, announces again, and rings each time', async () => {
    const row = new Row();
    const { results, nodes } = await start(row).done;
    expect(story).toEqual(['read', 'append', 'ring 1', 'commit', 'append', 'ring 2']);
    expect(eventsOf()).toEqual(['u:1=4', 'u:1=4']);
    expect(results).toEqual([{ status: 'fulfilled', value: 'u:1 at 4' }]);
    expect(nodes).toEqual([]);
  });

  it('commits only at the version it announced, and within 30 s of the intent by the log’s clock', async () => {
    const row = new Row();
    await start(row).done;
    expect(row.conditions).toEqual([{ version: 3, notAfter: new Date(clock.wall() + 30_000) }]);
  });

  it('is answered only when every node has acknowledged the second event', async () => {
    log.register('a');
    const running = start(new Row());
    await settled();
    bell.acknowledge({ log: log.id, node: 'a', acked: 1 });
    await settled();
    expect(running.isOver).toBe(false);
    clock.advance(20);
    bell.acknowledge({ log: log.id, node: 'a', acked: 2 });
    const { nodes, durationMs } = await running.done;
    expect(nodes).toEqual([{ id: 'a', kind: 'server', acknowledgedAfterMs: 20 }]);
    expect(durationMs).toBe(20);
  });

  it('waits for a node that came between the two appends', async () => {
    const row = new Row();
    row.spoil = () => log.register('late');
    const running = start(row);
    await settled();
    expect(running.isOver).toBe(false);
    bell.acknowledge({ log: log.id, node: 'late', acked: 2 });
    expect((await running.done).nodes.map(({ id }) => id)).toEqual(['late']);
  });

  it('of what is not there fails, and nothing is announced', async () => {
    const row = new Row();
    row.isThere = false;
    const { results } = await start(row).done;
    expect(results).toMatchObject([{ status: 'rejected', reason: { message: 'not found' } }]);
    expect(log.calls).toEqual([]);
  });

  it('of nothing asks nobody', async () => {
    expect(await start().done).toEqual({ results: [], nodes: [], durationMs: 0 });
    expect(log.calls).toEqual([]);
  });
});

describe('an intent that is not confirmed', () => {
  it.each(['before', 'after'] as const)(
    'is 503, and nothing is changed: %s the append',
    async (when) => {
      log[when] = () => Promise.reject(new Error('away'));
      const row = new Row();
      const { results, nodes } = await start(row).done;
      expect(results).toMatchObject([{ status: 'rejected', reason: expect.any(UnavailableError) }]);
      expect(results).toMatchObject([
        { reason: { message: expect.stringMatching(/nothing was changed/) } },
      ]);
      expect(row).toMatchObject({ commits: 0, version: 3 });
      expect(nodes).toEqual([]);
    },
  );
});

describe('a commit that finds another version', () => {
  it('begins anew with a new intent', async () => {
    const row = new Row();
    row.spoil = () => {
      if (row.commits === 1) row.version = 7;
    };
    const { results } = await start(row).done;
    expect(eventsOf()).toEqual(['u:1=4', 'u:1=8', 'u:1=8']);
    expect(results).toEqual([{ status: 'fulfilled', value: 'u:1 at 8' }]);
  });

  it('five times gives up with 503; nothing was changed and nobody is waited for', async () => {
    log.register('a');
    const row = new Row();
    row.spoil = () => void (row.version += 1);
    const { results, nodes } = await start(row).done;
    expect(row.commits).toBe(5);
    expect(log.appends).toHaveLength(5);
    expect(results).toMatchObject([{ status: 'rejected', reason: { status: 503 } }]);
    expect(nodes).toEqual([]);
  });

  it('because it slept for 30 s begins anew as well', async () => {
    const row = new Row();
    row.spoil = () => {
      if (row.commits === 1) clock.stop(30_000);
    };
    expect((await start(row).done).results).toMatchObject([{ status: 'fulfilled' }]);
    expect(row.commits).toBe(2);
    expect(row.version).toBe(4);
  });
});

describe('a commit of which it is not known whether it happened', () => {
  it('is its own result; others of the same call go on', async () => {
    const broken = new Row('u:1');
    broken.spoil = () => Promise.reject(new UnavailableError('not known whether'));
    const { results } = await start(broken, new Row('u:2')).done;
    expect(results).toMatchObject([
      { status: 'rejected', reason: { message: 'not known whether' } },
      { status: 'fulfilled', value: 'u:2 at 4' },
    ]);
    expect(eventsOf()).toEqual(['u:1=4,u:2=4', 'u:2=4']);
  });
});

describe('many at once', () => {
  it('are one append of intents and one of what was done', async () => {
    const rows = Array.from({ length: 200 }, (_, i) => new Row(`u:${i}`, i + 1));
    const { results } = await start(...rows).done;
    expect(log.appends.map((events) => events.length)).toEqual([200, 200]);
    expect(log.appends[0]).toEqual(log.appends[1]);
    expect(results.every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(results[7]).toEqual({ status: 'fulfilled', value: 'u:7 at 9' });
  });

  it('succeed and fail each by itself, in their order, and those that lost try again together', async () => {
    const gone = new Row('u:gone');
    gone.isThere = false;
    const slow = new Row('u:slow');
    slow.spoil = () => {
      if (slow.commits === 1) slow.version = 9;
    };
    const { results } = await start(new Row('u:a'), gone, slow).done;
    expect(results).toMatchObject([
      { value: 'u:a at 4' },
      { reason: { message: 'not found' } },
      { value: 'u:slow at 10' },
    ]);
    expect(eventsOf()).toEqual(['u:a=4,u:slow=4', 'u:slow=10', 'u:a=4,u:slow=10']);
  });

  it('that lost when the log went away say so; those that were done are waited for', async () => {
    const slow = new Row('u:slow');
    slow.spoil = () => {
      slow.version = 9;
      log.before = () => Promise.reject(new Error('away'));
    };
    log.register('a');
    const running = start(new Row('u:a'), slow);
    await clock.elapse(wholeWait - 1);
    expect(running.isOver).toBe(false);
    await clock.elapse(2);
    const { results, nodes } = await running.done;
    expect(results).toMatchObject([{ value: 'u:a at 4' }, { reason: { status: 503 } }]);
    expect(nodes).toEqual([{ id: 'a', kind: 'server', leaseEnded: true }]);
  });
});

describe('a second append that fails', () => {
  const failFromSecond = (): void => {
    log.before = () => {
      if (log.appends.length > 1) throw new Error('away');
    };
  };

  it('leaves the intent to those who have polled since, and is waited for until all leases are over', async () => {
    failFromSecond();
    log.register('a');
    log.register('b', { leaseMs: 2_000, kind: 'service' });
    const running = start(new Row());
    await clock.elapse(wholeWait - 1);
    expect(running.isOver).toBe(false);
    await clock.elapse(2);
    const { results, nodes } = await running.done;
    expect(results).toMatchObject([{ status: 'fulfilled' }]);
    expect(nodes).toEqual([
      { id: 'a', kind: 'server', leaseEnded: true },
      { id: 'b', kind: 'service', leaseEnded: true },
    ]);
  });

  it('is waited for from the commit on, however long it took to fail', async () => {
    log.before = (step) => {
      if (step !== 'append' || log.appends.length === 1) return;
      return new Promise((_resolve, reject) => clock.after(4_000, () => reject(new Error('late'))));
    };
    log.register('a');
    const running = start(new Row());
    await clock.elapse(wholeWait - 1);
    expect(running.isOver).toBe(false);
    await clock.elapse(2);
    expect(running.isOver).toBe(true);
  });
});

describe('a log that was just begun', () => {
  it('knows nobody who followed the one before: their leases are waited for', async () => {
    log.bornAt = clock.wall() - 1_000;
    const running = start(new Row());
    await clock.elapse(wholeWait - 1_000 - 1);
    expect(running.isOver).toBe(false);
    await clock.elapse(2);
    expect((await running.done).results).toMatchObject([{ status: 'fulfilled' }]);
  });

  it('is waited for by the largest lease, of this server or of those in the log', async () => {
    log.bornAt = clock.wall();
    log.register('a', { leaseMs: 10_000, acked: 2 });
    const running = start(new Row());
    await clock.elapse(10_252 - 1);
    expect(running.isOver).toBe(false);
    await clock.elapse(2);
    expect(running.isOver).toBe(true);
  });

  it('is like any other when it is older than that, or born with the whole database', async () => {
    log.bornAt = clock.wall() - 6_000;
    const running = start(new Row());
    await settled();
    expect(running.isOver).toBe(true);
    log.bornAt = null;
    const next = start(new Row('u:2'));
    await settled();
    expect(next.isOver).toBe(true);
  });
});
