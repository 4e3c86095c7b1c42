import type { ProblemException } from '@portcullis/auth';
import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { problemMediaType } from '../problem/send-problem.js';

/**
 * Answers to what is refused before any hook sees it: not HTTP, a header that is too large, a target
 * that cannot be decoded. They have the same headers as every other answer, and one line in the log.
 */
export class BareAnswers {
  constructor(
    private readonly logger: Logger,
    private readonly headers: Readonly<Record<string, string>>,
  ) {}

  /** Where Node has made a response already. */
  respond(response: ServerResponse, exception: ProblemException, reason: string): void {
    const { status, headers, body } = this.toAnswer(exception, reason, response.socket);
    response.writeHead(status, headers).end(body);
  }

  /** Where there is only the connection, which ends with this answer. */
  write(socket: Duplex, exception: ProblemException, reason: string): void {
    const { status, headers, body } = this.toAnswer(exception, reason, socket);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const statusLine = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n`;
    socket.end(`${statusLine}${lines.join('')}\r\n${body}`);
  }

  /** `reason` is for the log and one of our own words: the bytes themselves may hold a token. */
  private toAnswer(
    exception: ProblemException,
    reason: string,
    socket: object | null,
  ): { status: number; headers: Record<string, string>; body: string } {
    const requestId = randomUUID();
    const status = exception.getStatus();
    const ip = socket !== null && 'remoteAddress' in socket ? socket.remoteAddress : undefined;
    this.logger.info({ requestId, status, reason, ip }, 'request refused');
    const body = JSON.stringify(exception.problem);
    const headers = {
      ...this.headers,
      ...exception.headers,
      'x-request-id': requestId,
      'content-type': problemMediaType,
      'content-length': String(Buffer.byteLength(body)),
      connection: 'close',
    };
    return { status, headers, body };
  }
}
