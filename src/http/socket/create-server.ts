import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { problemOfStatus } from '../problem/to-problem.js';
import type { BareAnswers } from './bare-answer.js';
import type { HttpLimits } from './limits.js';

/** Node's HTTP server with our limits, which says what is wrong to those who do not speak HTTP. */
export function createHttpServer(
  onRequest: RequestListener,
  limits: HttpLimits,
  answers: BareAnswers,
): Server {
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: limits.timeoutCheckMs,
      keepAliveTimeout: limits.keepAliveTimeoutMs,
      // Node's own refusal has neither body nor headers: a hook refuses it instead.
      requireHostHeader: false,
    },
    onRequest,
  );
  server.timeout = limits.idleTimeoutMs;
  server.maxConnections = limits.connections;
  // RFC 9110 §10.1.1 lets a server ignore an expectation it does not know; Node answers a bare 417.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  server.on('connect', (_request, socket) => {
    socket.on('error', () => socket.destroy());
    // RFC 9110 §10.2.1: an empty Allow says that the target has no method at all.
    answers.write(socket, problemOfStatus(405, { allow: '' }), 'connect');
  });
  answerBrokenRequests(server, answers);
  return server;
}

function answerBrokenRequests(server: Server, answers: BareAnswers): void {
  const newest = new WeakMap<Socket, ServerResponse>();
  server.prependListener('request', (request, response) => newest.set(request.socket, response));
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // Browsers open connections in advance and may never use them: nothing asked, nothing to answer.
    const isAnswerable = socket.writable && socket.bytesRead > 0 && error.code !== 'ECONNRESET';
    if (isAnswerable && isOurTurn(newest.get(socket))) {
      const status = statusByCode[error.code ?? ''] ?? 400;
      answers.write(socket, problemOfStatus(status), error.code ?? 'client_error');
    }
    socket.destroySoon();
  });
}

/**
 * Whether what is written now would be read as the answer to the request that is broken. Otherwise
 * an answer could be taken for that of an earlier, whole request, or be written into the midst of one
 * (response splitting): then the connection just closes.
 */
function isOurTurn(response: ServerResponse | undefined): boolean {
  if (response === undefined) return true;
  return response.writableFinished
    ? response.req.complete
    : !response.headersSent && !response.req.complete;
}

const statusByCode: Readonly<Record<string, 408 | 413 | 431>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
};
