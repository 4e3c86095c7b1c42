import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { pathOf, type HttpRequest, type HttpResponse } from '../http-message.js';
import { ProblemException } from './problem.exception.js';

/** Sends a ProblemException as RFC 9457 says, with its headers, on Fastify and Express alike. */
@Catch(ProblemException)
export class ProblemFilter implements ExceptionFilter<ProblemException> {
  catch(exception: ProblemException, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const response = http.getResponse<HttpResponse>();
    response.status(exception.getStatus());
    for (const [name, value] of Object.entries(exception.headers)) response.header(name, value);
    response.header('content-type', 'application/problem+json; charset=utf-8');
    response.header('cache-control', 'no-store');
    const instance = pathOf(http.getRequest<HttpRequest>());
    response.send(JSON.stringify({ ...exception.problem, instance }));
  }
}
