import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { registerContentParsers } from './body/content-parsers.js';
import { endEventStreamsOnClose } from './event-stream.js';
import { registerCors, type AllowsOrigin } from './cors.js';
import { NegotiationInterceptor } from './negotiation.js';
import { ProblemFilter } from './problem.filter.js';
import { createProblemSender } from './problem/send-problem.js';
import { refuseAmbiguousRequests } from './routing/ambiguous-requests.js';
import { answerUnroutedRequests } from './routing/unrouted-requests.js';
import { createValidationPipe } from './validation.pipe.js';

export interface HttpDependencies {
  readonly allowsOrigin: AllowsOrigin;
  readonly logger: Logger;
  /** What answers browsers with pages where programs find the API. */
  readonly pages?: (instance: FastifyInstance) => Promise<void>;
}

/**
 * What a request meets between the socket (`createHttpAdapter`) and a controller, in this order; for
 * the server and for tests alike. Before the application starts.
 */
export async function configureHttp(
  app: NestFastifyApplication,
  { allowsOrigin, logger, pages }: HttpDependencies,
): Promise<void> {
  const instance = app.getHttpAdapter().getInstance();
  const send = createProblemSender(logger);

  // CORS first: a script may read why it was refused.
  await registerCors(instance, allowsOrigin);
  refuseAmbiguousRequests(instance, send);
  await pages?.(instance);
  answerUnroutedRequests(instance, send);
  registerContentParsers(instance);
  endEventStreamsOnClose(instance);

  // Guards come in between, then:
  app.useGlobalInterceptors(new NegotiationInterceptor());
  app.useGlobalPipes(createValidationPipe());
  app.useGlobalFilters(new ProblemFilter(send));
}
