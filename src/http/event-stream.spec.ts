// A client may be gone before the answer begins, or while it waits for its turn: nothing of it remains.
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { eventually } from '../../test/support/eventually.js';
import { EventStream, endEventStreamsOnClose } from './event-stream.js';

let server: FastifyInstance;
/** Lets those begin to be answered that have come. */
let goOn: () => void;
let gate: Promise<void>;
let come: number;
let streams: EventStream[];
let closed: number;
const begun = jest.spyOn(globalThis, 'setInterval');
const cleared = jest.spyOn(globalThis, 'clearInterval');
const ended = jest.spyOn(EventStream.prototype, 'end');

beforeEach(async () => {
  [come, closed, streams] = [0, 0, []];
  gate = new Promise((resolve) => (goOn = resolve));
  for (const spy of [begun, cleared, ended]) spy.mockClear();
  server = fastify();
  endEventStreamsOnClose(server);
  server.get('/', async (_request, reply) => {
    come += 1;
    await gate;
    const stream = new EventStream(reply);
    streams.push(stream);
    stream.onClose(() => (closed += 1));
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(() => server.close());

/** Asks for so many streams on one connection, and waits until the server knows of all. */
async function ask(count: number): Promise<Socket> {
  const client = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
  client.on('error', () => undefined);
  client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(count));
  await eventually(() => come === count);
  return client;
}

const connections = (): Promise<number> =>
  new Promise((resolve) => server.server.getConnections((_, count) => resolve(count)));

const heartbeats = (): unknown[] => {
  const stopped = new Set<unknown>(cleared.mock.calls.map(([timer]) => timer));
  return begun.mock.results
    .filter((_, index) => begun.mock.calls[index]?.[1] === 15_000)
    .map(({ value }): unknown => value)
    .filter((timer) => !stopped.has(timer));
};

/** No timer, nothing to end at shutdown, and whoever counts was told once. */
async function expectNothingLeft(count: number): Promise<void> {
  expect([streams.length, closed, heartbeats().length]).toEqual([count, count, 0]);
  await server.close();
  expect(ended).not.toHaveBeenCalled();
  expect(closed).toBe(count);
}

it('is over at once for a client who hung up before it began', async () => {
  const client = await ask(1);
  client.destroy();
  await eventually(async () => (await connections()) === 0);
  goOn();
  await eventually(() => streams.length === 1);
  await expectNothingLeft(1);
});

it('is over when its client hangs up, behind another on the same connection too', async () => {
  const client = await ask(3);
  goOn();
  await eventually(() => streams.length === 3);
  expect([closed, heartbeats().length]).toEqual([0, 3]);
  client.destroy();
  await eventually(() => closed === 3);
  await expectNothingLeft(3);
});

it('leaves nothing on a connection that goes on after it', async () => {
  const client = await ask(1);
  goOn();
  await eventually(() => streams.length === 1);
  streams[0]?.send('ring', {});
  streams[0]?.end();
  streams[0]?.send('ring', {});
  expect([closed, heartbeats().length]).toEqual([1, 0]);
  client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  await eventually(() => streams.length === 2);
  client.destroy();
  await eventually(() => closed === 2);
  expect(heartbeats()).toEqual([]);
});

it('answers HEAD with the head alone, and what comes next on the connection', async () => {
  const client = await ask(0);
  let heard = '';
  client.on('data', (piece) => (heard += String(piece)));
  client.write('HEAD / HTTP/1.1\r\nhost: x\r\n\r\n');
  await eventually(() => come === 1);
  goOn();
  await eventually(() => closed === 1);
  client.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  await eventually(() => expect(heard.match(/HTTP\/1.1 200/g)).toHaveLength(2));
  client.destroy();
  await eventually(() => closed === 2);
  expect(heartbeats()).toEqual([]);
});

it('is over at once when the server is closing already: nothing would end it', async () => {
  const client = await ask(1);
  const closing = server.close();
  await eventually(() => !server.server.listening);
  goOn();
  await eventually(() => closed === 1);
  expect(heartbeats()).toEqual([]);
  client.destroy();
  await closing;
});
