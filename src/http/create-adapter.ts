import { FastifyAdapter } from '@nestjs/platform-fastify';
import { randomUUID } from 'node:crypto';
import { fastify, type FastifyInstance, type FastifyServerOptions } from 'fastify';
import type { Logger } from 'pino';
import type { Environment } from '../config/environment.js';
import { createProblemSender } from './problem/send-problem.js';
import { problemOfStatus, toProblem } from './problem/to-problem.js';
import { logRequests } from './request-log.js';
import { bareSecurityHeaders, registerSecurityHeaders } from './security-headers.js';
import { BareAnswers } from './socket/bare-answer.js';
import { createHttpServer } from './socket/create-server.js';
import { drainConnections } from './socket/drain-connections.js';
import { defaultHttpLimits, type HttpLimits } from './socket/limits.js';

export interface HttpAdapterOptions {
  readonly environment: Environment;
  readonly logger: Logger;
  readonly limits?: Partial<HttpLimits>;
}

/**
 * Fastify for Nest, with what every answer has (request id, security headers, a line in the log) and
 * what every request is bounded by. To be used with `bodyParser: false`, and `configureHttp` next.
 */
export function createHttpAdapter(options: HttpAdapterOptions): FastifyAdapter {
  const { environment, logger } = options;
  const limits = { ...defaultHttpLimits, ...options.limits };
  const https = environment.issuerUrl.startsWith('https:');
  const answers = new BareAnswers(logger, bareSecurityHeaders(https));
  const instance = createFastify(environment, limits, answers);
  instance.addHook('onRequest', (request, reply, done) => {
    reply.raw.setHeader('x-request-id', request.id);
    done();
  });
  drainConnections(instance);
  logRequests(instance, logger);
  registerSecurityHeaders(instance, https);
  const send = createProblemSender(logger);
  instance.setErrorHandler((error, request, reply) => send(error, request, reply));
  instance.setNotFoundHandler((request, reply) => send(problemOfStatus(404), request, reply));
  return new HttpAdapter(instance);
}

function createFastify(
  environment: Environment,
  limits: HttpLimits,
  answers: BareAnswers,
): FastifyInstance {
  const options: FastifyServerOptions = {
    serverFactory: (handler) => createHttpServer(handler, limits, answers),
    // The server has its own, which knows what it is answering.
    clientErrorHandler: () => undefined,
    // A target that cannot be decoded, or a parameter that is too long: no hook runs for these.
    frameworkErrors: (error, _request, reply) =>
      answers.respond(reply.raw, toProblem(error), error.code),
    bodyLimit: limits.bodyBytes,
    trustProxy: toTrustProxy(environment.trustProxy),
    // A caller's own id is never taken: it could be another request's, or not be an id at all.
    genReqId: () => randomUUID(),
    // What comes while the server closes is answered like any other, and the connection ended.
    return503OnClosing: false,
    routerOptions: {
      // One spelling of a path: what a proxy in front protects by path is the path that is routed.
      caseSensitive: true,
      ignoreTrailingSlash: false,
      ignoreDuplicateSlashes: false,
      maxParamLength: limits.parameterCharacters,
    },
  };
  return fastify(options);
}

/**
 * Fastify trusts nobody when it is given a number of hops, in silence: a client that reaches it around
 * the proxies could make up its address. Who sets a number says that there is no way around.
 */
function toTrustProxy(
  trustProxy: Environment['trustProxy'],
): boolean | string[] | ((address: string, hop: number) => boolean) {
  if (typeof trustProxy === 'number') return (_address, hop) => hop < trustProxy;
  return trustProxy === false ? false : [...trustProxy];
}

/**
 * Ours are set before any route is, so that routes of plugins answer in the same words. Nest sets its
 * own when it starts, which Fastify warns of (errors) or refuses (not found): so ours stay.
 */
class HttpAdapter extends FastifyAdapter {
  override setErrorHandler(): ReturnType<FastifyAdapter['setErrorHandler']> {
    return this.getInstance();
  }

  override setNotFoundHandler(): ReturnType<FastifyAdapter['setNotFoundHandler']> {
    return this.getInstance();
  }
}
