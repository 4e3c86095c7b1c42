// The bell over Redis: who hears whom, and what happens when Redis fails. Nothing depends on it but speed.
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import {
  RedisConnection,
  RedisDoorbell,
  SystemClock,
  type Acknowledgement,
  type Ring,
} from '@portcullis/auth';
import { eventually } from '../support/eventually.js';
import { failingRedis } from '../support/failing-redis.js';
import { FakeNodeClock } from '../support/fake-node-clock.js';
import { numberedEvents } from '../support/polls.js';
import { describeWithRedis } from '../support/services/describe-with.js';

const cleanUps: (() => unknown)[] = [];
const { startRedis, startProxy } = failingRedis(cleanUps);
let lines: string[];

beforeEach(() => {
  lines = [];
  const write = (message: unknown): void => void lines.push(String(message));
  Logger.overrideLogger({ log: () => undefined, warn: write, error: write });
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  Logger.overrideLogger(false);
});

interface Bell {
  readonly bell: RedisDoorbell;
  readonly speaker: RedisConnection;
  readonly rings: Ring[];
  readonly acknowledgements: Acknowledgement[];
}

const issuer = 'https://login.example';
const urlOf = (port: number): string => `redis://127.0.0.1:${port}`;

/** As one process has it: a connection to listen by, and one to speak by. */
function newBell(
  port: number,
  { of = issuer, speakTo = port, clock = new FakeNodeClock() } = {},
): Bell {
  const speaker = new RedisConnection(urlOf(speakTo), new SystemClock());
  const bell = new RedisDoorbell(urlOf(port), speaker, of, clock);
  cleanUps.push(() => {
    bell.close();
    speaker.close();
  });
  const heard = { bell, speaker, rings: [] as Ring[], acknowledgements: [] as Acknowledgement[] };
  bell.onRing((ring) => heard.rings.push(ring));
  bell.onAcknowledgement((one) => heard.acknowledgements.push(one));
  bell.open();
  return heard;
}

/** Said until it was heard: on a busy machine 150 ms may be too short for an answer. */
async function say(
  { speaker }: Bell,
  command: Parameters<RedisConnection['run']>[0],
): Promise<unknown> {
  let answer: unknown;
  await eventually(async () => (answer = await speaker.run(command)));
  return answer;
}

let seq = 0;
const ringOf = (count = 1): Ring => {
  const from = seq + 1;
  seq += count;
  return { log: 'log', seq, events: numberedEvents(from, seq) };
};

/** Both hear each other: from now on what is said arrives. */
async function connected(one: Bell, other: Bell): Promise<void> {
  await eventually(() => {
    one.bell.acknowledge({ log: 'hello', node: 'one', acked: 1 });
    other.bell.acknowledge({ log: 'hello', node: 'other', acked: 1 });
    return (
      other.acknowledgements.some(({ node }) => node === 'one') &&
      one.acknowledgements.some(({ node }) => node === 'other')
    );
  });
  // Greetings that are still under way.
  const last = { log: 'hello', node: 'last', acked: 2 };
  one.bell.acknowledge(last);
  await eventually(() => other.acknowledgements.some(({ node }) => node === 'last'));
  for (const bell of [one, other]) bell.acknowledgements.length = 0;
}

async function hears(listener: Bell, speaker: Bell): Promise<void> {
  const ring = ringOf();
  await eventually(() => {
    speaker.bell.ring(ring);
    return listener.rings.some((heard) => heard.seq === ring.seq);
  });
}

describeWithRedis('two processes', () => {
  it('hear each other’s rings and acknowledgements as they were said', async () => {
    const { port } = await startRedis();
    const [one, other] = [newBell(port), newBell(port)];
    await connected(one, other);
    const ring = ringOf(3);
    one.bell.ring(ring);
    await eventually(() => expect(other.rings).toEqual([ring]));
    const acknowledgement = { log: 'log', node: 'other', acked: 3 };
    expect(other.bell.acknowledge(acknowledgement)).toBe(true);
    await eventually(() => expect(one.acknowledgements).toContainEqual(acknowledgement));
  });

  it('hear of a great many events at once only that there is something', async () => {
    const { port } = await startRedis();
    const [one, other] = [newBell(port), newBell(port)];
    await connected(one, other);
    const few = ringOf(200);
    const many = ringOf(201);
    one.bell.ring(few);
    one.bell.ring(many);
    await eventually(() => expect(other.rings).toEqual([few, { ...many, events: [] }]));
    expect(one.rings[1]).toEqual(many);
  });

  it('of two issuers do not hear each other', async () => {
    const { port } = await startRedis();
    const [one, other] = [newBell(port), newBell(port)];
    const [stranger, ours] = [newBell(port, { of: 'https://other.example' }), newBell(port)];
    await connected(one, other);
    await connected(ours, one);
    stranger.bell.ring(ringOf());
    await hears(other, one);
    await hears(stranger, stranger);
    expect(stranger.rings.every(({ seq }) => other.rings.every((ring) => ring.seq !== seq))).toBe(
      true,
    );
  });
});

describeWithRedis('an own ring and acknowledgement', () => {
  it('are heard here at once, and with Redis down as well', async () => {
    const redis = await startRedis();
    await redis.down();
    const { bell, rings, acknowledgements } = newBell(redis.port);
    const ring = ringOf();
    bell.ring(ring);
    expect(rings).toEqual([ring]);
    const acknowledgement = { log: 'log', node: 'a', acked: 1 };
    expect(bell.acknowledge(acknowledgement)).toBe(true);
    expect(acknowledgements).toEqual([acknowledgement]);
  });
});

describeWithRedis('after an outage', () => {
  it('of Redis both hear again, by themselves', async () => {
    const redis = await startRedis();
    const [one, other] = [newBell(redis.port), newBell(redis.port)];
    await connected(one, other);
    await redis.restart();
    await hears(other, one);
    await hears(one, other);
  });

  it('of Redis at the start as well', async () => {
    const redis = await startRedis();
    await redis.down();
    const [one, other] = [newBell(redis.port), newBell(redis.port)];
    await redis.up();
    await hears(other, one);
  });

  it('of the connection that listens it hears again', async () => {
    const redis = await startRedis();
    const proxy = await startProxy(redis);
    const listener = newBell(proxy.port, { speakTo: redis.port });
    const speaker = newBell(redis.port);
    await connected(listener, speaker);
    proxy.cut();
    proxy.release();
    await hears(listener, speaker);
  });

  it('without a word on the connection that listens, it notices that it does not hear itself', async () => {
    const redis = await startRedis();
    const proxy = await startProxy(redis);
    const clock = new FakeNodeClock();
    const listener = newBell(proxy.port, { speakTo: redis.port, clock });
    const speaker = newBell(redis.port);
    await connected(listener, speaker);
    proxy.hold();
    proxy.passNewOnes();
    clock.advance(5_000 + 2_999);
    const before = listener.rings.length;
    speaker.bell.ring(ringOf());
    await eventually(() => speaker.rings.length > 0);
    expect([listener.rings.length, proxy.connections]).toEqual([before, 1]);
    clock.advance(1);
    await hears(listener, speaker);
    proxy.release();
    await eventually(() => proxy.connections === 1);
  });

  it('that ends the connection in the middle of it all leaves one link, not more', async () => {
    const redis = await startRedis();
    const proxy = await startProxy(redis);
    const listener = newBell(proxy.port, { speakTo: redis.port });
    for (let i = 0; i < 3; i++) {
      await hears(listener, listener);
      proxy.cut();
      proxy.release();
    }
    await connected(listener, newBell(redis.port));
    expect(proxy.connections).toBe(1);
  });
});

describeWithRedis('a quiet node', () => {
  const listeners = async (bell: Bell): Promise<string[]> => {
    const list = await say(bell, (client) =>
      client.sendCommand(['CLIENT', 'LIST', 'TYPE', 'pubsub']),
    );
    return [...String(list).matchAll(/^id=(\d+)/gm)].map(([, id]) => id ?? '');
  };

  it('calls itself every five seconds, and keeps its connection as long as it hears that', async () => {
    const redis = await startRedis();
    const clock = new FakeNodeClock();
    const node = newBell(redis.port, { clock });
    await eventually(() => clock.nextTimerInMs === 5_000);
    const before = await listeners(node);
    expect(before).toHaveLength(1);
    for (let i = 0; i < 5; i++) {
      clock.advance(5_000);
      expect(clock.nextTimerInMs).toBe(3_000);
      await eventually(() => clock.nextTimerInMs === 5_000);
    }
    expect(await listeners(node)).toEqual(before);
    expect(node.rings).toEqual([]);
  });

  it('that cannot speak does not conclude that it cannot hear', async () => {
    const redis = await startRedis();
    const clock = new FakeNodeClock();
    const node = newBell(redis.port, { clock });
    const other = newBell(redis.port);
    await connected(node, other);
    await eventually(() => clock.nextTimerInMs === 5_000);
    const before = await listeners(other);
    node.speaker.close();
    for (let i = 0; i < 3; i++) {
      clock.advance(5_000);
      await eventually(() => clock.nextTimerInMs === 5_000);
    }
    expect(await listeners(other)).toEqual(before);
  });

  it('that may not listen tries again every second, and says so once', async () => {
    const redis = await startRedis();
    const clock = new FakeNodeClock();
    const other = newBell(redis.port);
    await say(other, (client) => client.aclSetUser('default', ['-subscribe']));
    newBell(redis.port, { clock });
    for (let i = 0; i < 3; i++) {
      await eventually(() => clock.nextTimerInMs === 1_000);
      clock.advance(1_000);
    }
    expect(lines.filter((line) => line.includes('refuses to be listened to'))).toHaveLength(1);
    await say(other, (client) => client.aclSetUser('default', ['+subscribe']));
    await eventually(() => {
      if (clock.nextTimerInMs === 1_000) clock.advance(1_000);
      return clock.nextTimerInMs === 5_000;
    });
  });
});

describeWithRedis('garbage on the channel', () => {
  it.each([
    'no JSON',
    'null',
    '7',
    '[]',
    '{}',
    '{"ring":{}}',
    '{"ring":{"log":"log","seq":"1","events":[]}}',
    '{"ring":{"log":"log","seq":1,"events":[{"number":1,"subject":"x:1","version":1}]}}',
    '{"ring":{"log":"log","seq":1,"events":[{"number":1,"subject":"u:1","version":1.5}]}}',
    '{"ring":{"log":"log","seq":1,"events":[null]}}',
    '{"ring":{"log":"log","seq":-1,"events":[]}}',
    '{"acknowledgement":{"log":"log","node":1,"acked":1}}',
  ])('is passed over: %s', async (text) => {
    const { port } = await startRedis();
    const [one, other] = [newBell(port), newBell(port)];
    await connected(one, other);
    for (let i = 0; i < 3; i++) {
      await say(one, (client) => client.publish(`portcullis:bell:${issuer}`, text));
    }
    await hears(other, one);
    expect(other.rings).toHaveLength(new Set(other.rings.map((ring) => ring.seq)).size);
    expect(other.acknowledgements.every(({ log }) => log === 'hello')).toBe(true);
    expect(lines.filter((line) => line.includes('not of ours'))).toHaveLength(2);
  });
});

describeWithRedis('closing', () => {
  it('leaves no connection and no timer', async () => {
    const redis = await startRedis();
    const proxy = await startProxy(redis);
    const clock = new FakeNodeClock();
    const listener = newBell(proxy.port, { speakTo: redis.port, clock });
    await connected(listener, newBell(redis.port));
    await eventually(() => clock.timersLeft === 1);
    listener.bell.close();
    await eventually(() => proxy.connections === 0);
    expect(clock.timersLeft).toBe(0);
    listener.bell.open();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(proxy.connections).toBe(0);
  });

  it.each([0, 1, 5, 20])('leaves none that was being made, after %d ms', async (ms) => {
    const redis = await startRedis();
    const proxy = await startProxy(redis);
    const { bell } = newBell(proxy.port, { speakTo: redis.port });
    await new Promise((resolve) => setTimeout(resolve, ms));
    bell.close();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(proxy.connections).toBe(0);
  });
});
