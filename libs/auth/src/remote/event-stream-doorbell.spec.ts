// The bell of a service: the server's event stream, parsed, watched, and opened anew.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { IssuerServer } from '../../../../test/support/auth/issuer-server.js';
import { eventually } from '../../../../test/support/eventually.js';
import { FakeNodeClock } from '../../../../test/support/fake-node-clock.js';
import { numberedEvents } from '../../../../test/support/polls.js';
import type { Ring } from '../revocation/doorbell.js';
import { EventStreamDoorbell } from './event-stream-doorbell.js';
import { IssuerClient } from './issuer-client.js';

let server: IssuerServer;
let clock: FakeNodeClock;
let bell: EventStreamDoorbell;
let rings: Ring[];

beforeEach(async () => {
  server = await IssuerServer.start((response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
  });
  clock = new FakeNodeClock();
  const client = new IssuerClient({
    issuer: server.url,
    clientId: 'orders',
    clientSecret: 'secret',
    requestTimeoutMs: 5_000,
  });
  bell = new EventStreamDoorbell(client, clock);
  rings = [];
  bell.onRing((ring) => rings.push(ring));
});
afterEach(async () => {
  bell.close();
  await server.close();
});

const ring: Ring = { log: 'log', seq: 2, events: numberedEvents(1, 2) };
const spelt = (data: unknown, event = 'ring'): string =>
  `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

async function opened(times = 1): Promise<void> {
  await eventually(() => server.asked.length === times && server.open.size === 1);
}

function send(text: string | Uint8Array): void {
  for (const response of server.open) response.write(text);
}

async function expectHeard(...expected: Ring[]): Promise<void> {
  await eventually(() => expect(rings).toEqual(expected));
}

describe('the event stream', () => {
  it('is asked for once it is opened, and each ring is heard', async () => {
    bell.open();
    await opened();
    expect(server.asked[0]).toMatchObject({ method: 'GET', path: '/oauth/revocations/events' });
    send(spelt(ring));
    const next = { ...ring, seq: 3, events: [] };
    send(spelt(next));
    await expectHeard(ring, next);
  });

  it('may come in pieces of any size, also within a character', async () => {
    bell.open();
    await opened();
    const unusual: Ring = { ...ring, events: [{ number: 1, subject: 'u:zoë', version: 1 }] };
    for (const byte of Buffer.from(spelt(unusual))) {
      send(Uint8Array.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await expectHeard(unusual);
  });

  it.each([
    ['heartbeats', ': still here\n\n'],
    ['other events', spelt(ring, 'news')],
    ['events without a name', `data: ${JSON.stringify(ring)}\n\n`],
    ['what is no JSON', 'event: ring\ndata: {\n\n'],
    ['what is no ring', spelt({ log: 'log', seq: '2', events: [] })],
    ['a ring with a false event', spelt({ ...ring, events: [{ number: 1 }] })],
  ])('passes over %s, and goes on', async (_name, text) => {
    bell.open();
    await opened();
    send(text);
    send(spelt(ring));
    await expectHeard(ring);
    expect(server.asked).toHaveLength(1);
  });

  it('carries no acknowledgements: the node is to poll', () => {
    expect(bell.acknowledge()).toBe(false);
  });
});

describe('a stream that ends', () => {
  it('is opened anew, after half a second at most', async () => {
    bell.open();
    await opened();
    server.breakAll();
    await eventually(() => (clock.nextTimerInMs ?? Infinity) <= 500);
    clock.advance(500);
    await opened(2);
    send(spelt(ring));
    await expectHeard(ring);
  });

  it('again and again is opened more and more rarely, at different moments for each, at most every ten seconds', async () => {
    server.answer = (response) => response.writeHead(503).end();
    bell.open();
    const pauses: number[] = [];
    for (let times = 1; times <= 9; times++) {
      await eventually(() => server.asked.length === times && clock.timersLeft === 1);
      await eventually(() => (clock.nextTimerInMs ?? Infinity) <= 10_000);
      pauses.push(clock.nextTimerInMs ?? NaN);
      clock.advance(clock.nextTimerInMs ?? 0);
    }
    const longest = [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000, 10_000];
    for (const [i, pause] of pauses.entries()) {
      expect(pause).toBeLessThan(longest[i] ?? NaN);
      expect(pause).toBeGreaterThanOrEqual((longest[i] ?? NaN) / 2);
    }
    expect(new Set(pauses.slice(5)).size).toBeGreaterThan(1);
  });

  it('after something was heard is opened anew quickly', async () => {
    server.answer = (response) => response.writeHead(503).end();
    bell.open();
    for (let times = 1; times <= 6; times++) {
      await eventually(() => server.asked.length === times && (clock.nextTimerInMs ?? 1e9) <= 1e4);
      if (times === 6) server.answer = (response) => response.writeHead(200).write(': hello\n\n');
      clock.advance(10_000);
    }
    await opened(7);
    await eventually(() => clock.nextTimerInMs === 40_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    server.breakAll();
    await eventually(() => (clock.nextTimerInMs ?? Infinity) <= 500);
  });

  it('that says nothing for 40 s is taken for dead; a heartbeat is a sign of life', async () => {
    bell.open();
    await opened();
    send(': one\n\n');
    for (let i = 0; i < 3; i++) {
      clock.advance(39_000);
      send(': still here\n\n');
      await eventually(() => clock.nextTimerInMs === 40_000);
    }
    clock.advance(39_999);
    expect(server.open.size).toBe(1);
    clock.advance(1);
    await eventually(() => server.open.size === 0);
    await eventually(() => (clock.nextTimerInMs ?? Infinity) <= 500);
    clock.advance(500);
    await opened(2);
  });

  it('is given up as well when not even its head comes', async () => {
    server.answer = () => undefined;
    bell.open();
    await opened();
    clock.advance(40_000);
    await eventually(() => server.open.size === 0);
  });

  it('is ended when one event does not end', async () => {
    bell.open();
    await opened();
    const piece = 'x'.repeat(100_000);
    send('data: ');
    await eventually(() => {
      send(piece);
      return server.open.size === 0;
    });
    expect(rings).toEqual([]);
  });
});

describe('closing', () => {
  it('ends the stream, and nothing is opened after it', async () => {
    bell.open();
    await opened();
    bell.close();
    await eventually(() => server.open.size === 0);
    await eventually(() => clock.timersLeft === 0);
    clock.advance(60_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.asked).toHaveLength(1);
  });

  it('in a pause leaves no timer', async () => {
    server.answer = (response) => response.writeHead(503).end();
    bell.open();
    await eventually(() => server.asked.length === 1 && (clock.nextTimerInMs ?? 1e9) <= 500);
    bell.close();
    expect(clock.timersLeft).toBe(0);
  });
});
