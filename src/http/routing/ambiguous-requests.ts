import { ProblemException } from '@portcullis/auth';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isPrototypeName } from '../body/prototype-names.js';
import type { SendProblem } from '../problem/send-problem.js';
import { problemOfStatus } from '../problem/to-problem.js';

/** RFC 9110 §4.1 asks for at least 8000. */
const maxTargetCharacters = 8_000;

/** Far more than browsers and proxies send. Node drops those beyond its own 2000 in silence. */
const maxHeaderFields = 100;

/** Node takes the first of these in silence, where a proxy may have checked the last. */
const singleFields = ['authorization', 'content-type', 'host', 'origin'];

/**
 * Refuses what two readers could read as two different requests: repeated header fields, a missing
 * Host, repeated query parameters. An `access_token` in the query is no credential here (it would be
 * in logs and histories, RFC 9700 §4.3.2): it is not looked at, and routes that know their query
 * refuse it like any unknown parameter.
 */
export function refuseAmbiguousRequests(instance: FastifyInstance, send: SendProblem): void {
  instance.addHook('onRequest', (request, reply, done) => {
    const fault = faultOfSize(request) ?? faultOfFields(request) ?? faultOfQuery(request);
    if (fault === null) done();
    else send(fault, request, reply);
  });
}

function faultOfSize({ raw }: FastifyRequest): ProblemException | null {
  if (raw.rawHeaders.length > 2 * maxHeaderFields) return problemOfStatus(431);
  return (raw.url?.length ?? 0) > maxTargetCharacters ? problemOfStatus(414) : null;
}

function faultOfFields(request: FastifyRequest): ProblemException | null {
  const { rawHeaders, httpVersionMinor } = request.raw;
  const seen = new Set<string>();
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]?.toLowerCase() ?? '';
    if (!singleFields.includes(name)) continue;
    if (seen.has(name)) {
      const detail = `The request has more than one ${name} header field.`;
      return new ProblemException('invalid_request', detail);
    }
    seen.add(name);
  }
  // RFC 9112 §3.2; HTTP/1.0 had no such field.
  return seen.has('host') || httpVersionMinor === 0
    ? null
    : new ProblemException('invalid_request', 'The request has no host header field.');
}

function faultOfQuery(request: FastifyRequest): ProblemException | null {
  for (const [name, value] of Object.entries(request.query as Record<string, unknown>)) {
    const message = isPrototypeName(name)
      ? 'is not a known field'
      : Array.isArray(value)
        ? 'must be given once'
        : null;
    if (message === null) continue;
    return new ProblemException('validation_failed', 'The query is not of the expected form.', {
      errors: [{ field: name.slice(0, 100), message }],
    });
  }
  return null;
}
