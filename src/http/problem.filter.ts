import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SendProblem } from './problem/send-problem.js';

/** Everything that guards, pipes, interceptors and handlers throw leaves as an RFC 9457 problem. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly send: SendProblem) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.send(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}
