import type { LoggerService } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from '../config/environment.js';
import { describeError } from './problem/describe-error.js';
import { pathOf } from './problem/send-problem.js';

/** One JSON object a line, times in UTC: CR and LF of any value are encoded, so no line can be forged. */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** What Nest says of each module and route while it starts: for whoever debugs that. */
const startContexts = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
]);

/** Whoever started the server is told in one line why it failed; the stack is for whoever debugs that. */
const startFailureContexts = new Set(['ExceptionHandler', 'NestApplication']);

/** Nest's own lines, in the same form. */
export class PinoLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write(startContexts.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write(startFailureContexts.has(String(rest.at(-1))) ? 'debug' : 'error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest puts the context last, and a stack before it. An object is not copied: it may hold anything. */
  private write(level: Exclude<LogLevel, 'silent'>, message: unknown, rest: unknown[]): void {
    const texts = rest.filter((item) => typeof item === 'string');
    const context = texts.pop();
    const error = message instanceof Error ? describeError(message) : texts.pop();
    const text = typeof message === 'string' ? message : (context ?? 'message');
    this.logger[level]({ context, error }, text);
  }
}

/**
 * One line for each request. Never its headers, body or query; and the pattern of the route instead of
 * the path, which is written only where it led nowhere.
 */
export function logRequests(instance: FastifyInstance, logger: Logger): void {
  instance.addHook('onRequest', (request, reply, done) => {
    const started = performance.now();
    // Not `onResponse`, which does not run for an answer that the client left before its end.
    reply.raw.once('close', () => {
      const route = request.is404 ? undefined : request.routeOptions.url;
      logger.info(
        {
          requestId: request.id,
          clientRequestId: clientRequestIdOf(request),
          method: request.method,
          route,
          path: route === undefined ? pathOf(request).slice(0, 200) : undefined,
          status: reply.statusCode,
          aborted: reply.raw.writableFinished ? undefined : true,
          ms: Math.round((performance.now() - started) * 10) / 10,
          ip: request.ip,
          subject: subjectOf(request),
        },
        'request',
      );
    });
    done();
  });
}

/** What the caller calls this request: only to find it by, and only if it is a plain word. */
function clientRequestIdOf(request: FastifyRequest): string | undefined {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : undefined;
}

function subjectOf(request: FastifyRequest & { user?: { subject?: unknown } }): string | undefined {
  const subject = request.user?.subject;
  return typeof subject === 'string' ? subject : undefined;
}
