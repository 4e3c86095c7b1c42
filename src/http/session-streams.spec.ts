// What a stream takes of the limits is given back exactly once, however its beginning goes.
import { expect, it, jest } from '@jest/globals';
import type { CheckedToken, OpenConnections } from '@portcullis/auth';
import type { FastifyReply } from 'fastify';
import { EventEmitter } from 'node:events';
import { SessionStreams } from './session-streams.js';

const token = { sid: 'session' } as CheckedToken;

function replyWith(given: object): FastifyReply {
  const response = Object.assign(new EventEmitter(), {
    closed: false,
    writeHead: () => undefined,
    flushHeaders: () => undefined,
    end: () => undefined,
    write: () => true,
    ...given,
  });
  const socket = Object.assign(new EventEmitter(), { destroyed: false });
  return {
    raw: response,
    request: { raw: { socket } },
    server: { server: {} },
    getHeaders: () => ({}),
    hijack: () => undefined,
  } as unknown as FastifyReply;
}

function streamsOf(forget: () => void): SessionStreams {
  const connection = { forget, mayWrite: () => true };
  const connections = { open: () => connection } as unknown as OpenConnections;
  return new SessionStreams(connections, { perSession: 1, perNode: 1 });
}

it('gives back what a stream took whose head cannot be sent', () => {
  const forget = jest.fn();
  const streams = streamsOf(forget);
  const broken = replyWith({
    writeHead: () => {
      throw new Error('no head');
    },
  });
  for (const turn of [1, 2]) {
    expect(() => streams.open(token, broken)).toThrow('no head');
    expect(forget).toHaveBeenCalledTimes(turn);
  }
});

it('gives back once what a stream took whose client was gone already', () => {
  const forget = jest.fn();
  const streams = streamsOf(forget);
  for (const turn of [1, 2]) {
    const gone = replyWith({ closed: true });
    const onClose = jest.fn();
    streams.open(token, gone).onClose(onClose);
    gone.raw.emit('close');
    gone.request.raw.socket.emit('close');
    expect([forget.mock.calls.length, onClose.mock.calls.length]).toEqual([turn, 1]);
  }
  const open = replyWith({});
  streams.open(token, open);
  expect(() => streams.open(token, replyWith({}))).toThrow(/a session may have 1/);
  open.raw.emit('close');
  open.request.raw.socket.emit('close');
  streams.open(token, replyWith({})).onClose(() => undefined);
});
