/** A driver's monitor that waits for ever is noticed, and only such a one. */
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { EventEmitter } from 'node:events';
import { watchMonitor } from './watch-monitor.js';

class Client extends EventEmitter {
  closed = 0;
  connected = 0;
  failures = 0;

  async close(): Promise<void> {
    this.closed += 1;
  }

  async connect(): Promise<void> {
    if (this.failures-- > 0) throw new Error('no server');
    this.connected += 1;
  }
}

const server = { connectionId: 'db:27017' };
let client: Client;
let isWanted: boolean;

beforeEach(() => {
  jest.useFakeTimers();
  Logger.overrideLogger(false);
  client = new Client();
  isWanted = true;
  watchMonitor(client, { atOnceMs: 100, keptBackMs: 1_000 }, () => isWanted);
});
afterEach(() => {
  jest.useRealTimers();
});

it('opens the client anew when a heartbeat neither succeeds nor fails', async () => {
  client.emit('serverHeartbeatStarted', server);
  await jest.advanceTimersByTimeAsync(99);
  expect([client.closed, client.connected]).toEqual([0, 0]);
  await jest.advanceTimersByTimeAsync(1);
  expect([client.closed, client.connected]).toEqual([1, 1]);
});

it.each(['serverHeartbeatSucceeded', 'serverHeartbeatFailed'])(
  'leaves it alone after %s',
  async (ended) => {
    client.emit('serverHeartbeatStarted', server);
    client.emit(ended, server);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(client.closed).toBe(0);
  },
);

it('leaves it alone when the server is no longer looked for', async () => {
  client.emit('serverHeartbeatStarted', server);
  client.emit('serverClosed', { address: server.connectionId });
  await jest.advanceTimersByTimeAsync(10_000);
  expect(client.closed).toBe(0);
});

it('watches each server by itself', async () => {
  client.emit('serverHeartbeatStarted', server);
  client.emit('serverHeartbeatStarted', { connectionId: 'other:27017' });
  client.emit('serverHeartbeatSucceeded', { connectionId: 'other:27017' });
  await jest.advanceTimersByTimeAsync(100);
  expect(client.closed).toBe(1);
});

it('gives an answer that the server keeps back its time', async () => {
  client.emit('serverHeartbeatStarted', { ...server, awaited: true });
  await jest.advanceTimersByTimeAsync(999);
  expect(client.closed).toBe(0);
  await jest.advanceTimersByTimeAsync(1);
  expect(client.closed).toBe(1);
});

it('tries until there is a server again', async () => {
  client.failures = 3;
  client.emit('serverHeartbeatStarted', server);
  await jest.advanceTimersByTimeAsync(100 + 3 * 500);
  expect(client.connected).toBe(1);
});

it('does nothing any more once the connection was closed', async () => {
  client.failures = 3;
  client.emit('serverHeartbeatStarted', server);
  await jest.advanceTimersByTimeAsync(100);
  isWanted = false;
  await jest.advanceTimersByTimeAsync(10_000);
  expect(client.connected).toBe(0);
  client.emit('serverHeartbeatStarted', server);
  await jest.advanceTimersByTimeAsync(10_000);
  expect(client.closed).toBe(2);
});
