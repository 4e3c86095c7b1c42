import type { ProblemException } from '@portcullis/auth';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { describeError } from './describe-error.js';
import { toProblem } from './to-problem.js';

/** Answers a request with what went wrong: the one way that errors leave, from hooks and from Nest alike. */
export type SendProblem = (error: unknown, request: FastifyRequest, reply: FastifyReply) => void;

export const problemMediaType = 'application/problem+json; charset=utf-8';

/** What a handler may have said of the answer that it did not come to give; a new token above all. */
const ofTheAnswerNotGiven = [
  'authorization',
  'content-disposition',
  'content-encoding',
  'content-length',
  'content-type',
  'etag',
  'last-modified',
  'location',
  'set-cookie',
];

export function createProblemSender(logger: Logger): SendProblem {
  return (error, request, reply) => {
    const exception = toProblem(error);
    logFault(logger, exception, request);
    if (reply.raw.headersSent) {
      // Half an answer that ends as if it were whole would pass for the whole one.
      reply.raw.destroy();
      return;
    }
    for (const name of ofTheAnswerNotGiven) reply.removeHeader(name);
    void reply
      .status(exception.getStatus())
      .headers({ ...exception.headers, 'cache-control': 'no-store' })
      .type(problemMediaType)
      .send({ ...exception.problem, instance: pathOf(request) });
  };
}

function logFault(logger: Logger, exception: ProblemException, request: FastifyRequest): void {
  const { code, cause } = exception;
  if (code === 'internal_error') {
    logger.error({ requestId: request.id, error: describeError(cause) }, 'unexpected error');
  } else if (code === 'unavailable') {
    logger.warn({ requestId: request.id, error: describeError(cause) }, exception.problem.detail);
  }
}

/** The path that was asked for: no query, which may hold what no log should, and no authority. */
export function pathOf(request: FastifyRequest): string {
  const target = request.raw.url ?? '/';
  return /^(?:https?:\/\/[^/?#]*)?([^?#]*)/i.exec(target)?.[1] ?? '/';
}
