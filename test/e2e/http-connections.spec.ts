// What happens on one connection: whose answer is whose, how many there may be and for how long.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { startEdgeServer, type EdgeServer } from '../support/http/edge-server.js';
import { exchange, request } from '../support/http/raw-answer.js';
import type { HttpLimits } from '../../src/http/socket/limits.js';

let server: EdgeServer;
beforeAll(async () => {
  const limits = { headersTimeoutMs: 300, requestTimeoutMs: 400, timeoutCheckMs: 50 };
  server = await startEdgeServer({}, limits);
});
afterAll(() => server.app.close());

describe('an answer is never written for, or into, that of another request', () => {
  it('whole request, then garbage: either its own answer first, or none', async () => {
    const whole = request('GET /slow').replace('Connection: close\r\n', '');
    const raw = await exchange(server.port, whole, 'garbage\r\n\r\n');
    expect(raw).not.toMatch(/^HTTP\/1\.1 400/);
  });

  it('an event stream whose request never ends is cut, not followed by a 408', async () => {
    const raw = await exchange(server.port, request('GET /stream', ['Content-Length: 10']), '1');
    expect(raw).toMatch(/^HTTP\/1\.1 200/);
    expect(raw).not.toContain('408');
  });

  it('a request after a whole one on the same connection gets its own', async () => {
    const first = request('GET /things').replace('Connection: close\r\n', '');
    const socket = connect(server.port, '127.0.0.1');
    let received = '';
    socket.on('data', (bytes) => {
      if (received === '') socket.write('garbage\r\n\r\n');
      received += bytes.toString();
    });
    socket.write(first);
    await new Promise((resolve) => socket.on('close', resolve));
    expect(received.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400']);
  });
});

it('closes what was opened and never used, without a word in the answer or the log', async () => {
  const before = server.log();
  expect(await exchange(server.port, '')).toBe('');
  expect(server.log()).toBe(before);
});

describe('limits of connections', () => {
  const withLimits = async (
    limits: Partial<HttpLimits>,
    test: (port: number) => Promise<void>,
  ): Promise<void> => {
    const limited = await startEdgeServer({}, limits);
    await test(limited.port).finally(() => limited.app.close());
  };

  it('their number', () =>
    withLimits({ connections: 1 }, async (port) => {
      const first = connect(port, '127.0.0.1');
      await once(first, 'connect');
      expect(await exchange(port, request('GET /things'))).toBe('');
      first.destroy();
      let answer = '';
      // The server hears of the close a moment later.
      for (let tries = 0; answer === '' && tries < 100; tries++) {
        answer = await exchange(port, request('GET /things'));
      }
      expect(answer).toMatch(/^HTTP\/1\.1 200/);
    }));

  it('their silence while an answer is due', () =>
    withLimits({ idleTimeoutMs: 50 }, async (port) => {
      expect(await exchange(port, request('GET /slow'))).toBe('');
      expect(await exchange(port, request('GET /things'))).toMatch(/^HTTP\/1\.1 200/);
    }));
});
