import type { FastifyInstance, HTTPMethods } from 'fastify';
import { pathOf, type SendProblem } from '../problem/send-problem.js';
import { problemOfStatus } from '../problem/to-problem.js';

const methods: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * What no route takes, answered before a body is read: 404, or 405 where the path has other methods
 * (TRACE and the unusual ones too), and OPTIONS that is no preflight with those methods.
 */
export function answerUnroutedRequests(instance: FastifyInstance, send: SendProblem): void {
  instance.addHook('onRequest', (request, reply, done) => {
    const isOptions = request.method === 'OPTIONS';
    if (!request.is404 && !isOptions) {
      done();
      return;
    }
    const allow = allowedMethods(instance, pathOf(request));
    if (allow === '') {
      send(problemOfStatus(404), request, reply);
    } else if (isOptions) {
      void reply.status(204).header('allow', allow).send();
    } else {
      send(problemOfStatus(405, { allow }), request, reply);
    }
  });
}

/** Asks the router itself, so that both always read a path alike. */
function allowedMethods(instance: FastifyInstance, path: string): string {
  const found = methods.filter((method) => {
    // Null where there is none, whatever its type says.
    const route: unknown = instance.findRoute({ method, url: path === '' ? '/' : path });
    return route !== null;
  });
  return found.length === 0 ? '' : [...found, 'OPTIONS'].join(', ');
}
