import {
  createParamDecorator,
  Injectable,
  SetMetadata,
  type CallHandler,
  type CustomDecorator,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import type { Observable } from 'rxjs';
import { problemOfStatus } from './problem/to-problem.js';

const producesKey = 'portcullis:produces';
const json = 'application/json';
const problemJson = 'application/problem+json';

/** What a route (or controller) can answer with besides JSON: `@Produces('text/csv')`. */
export const Produces = (...types: [string, ...string[]]): CustomDecorator =>
  SetMetadata(producesKey, types);

/** Which of the route's media types the caller likes best: `@AcceptedType() type: string`. */
export const AcceptedType = createParamDecorator<void, string>((_data, context) => {
  const { accept } = context.switchToHttp().getRequest<FastifyRequest>().headers;
  return preferredType(accept, othersProducedBy(context, new Reflector())) ?? json;
});

/**
 * The best of JSON and `others` for an `Accept`, or null where it excludes them all. Errors are
 * problem+json whatever is asked for; who takes only that takes our JSON too.
 */
export function preferredType(
  accept: string | undefined,
  others: readonly string[],
): string | null {
  // Many clients name a charset, which JSON has none of, and Negotiator would take it for another type.
  const types = accept?.replaceAll(/;\s*charset=[^;,]*/gi, '').trim();
  const negotiator = new Negotiator({ headers: { accept: types === '' ? undefined : types } });
  const best = negotiator.mediaType([json, ...others, problemJson]);
  return best === problemJson ? json : (best ?? null);
}

/** 406 before the handler runs: what the caller could not read must not have been done either. */
@Injectable()
export class NegotiationInterceptor implements NestInterceptor {
  private readonly reflector = new Reflector();

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    // No content is acceptable to all; gateways pass on the Accept of a picture to `auth_request`.
    if (reply.statusCode === 204) return next.handle();
    const others = othersProducedBy(context, this.reflector);
    if (others.length > 0) vary(reply);
    const { accept } = http.getRequest<FastifyRequest>().headers;
    if (preferredType(accept, others) === null) throw problemOfStatus(406);
    return next.handle();
  }
}

function othersProducedBy(context: ExecutionContext, reflector: Reflector): readonly string[] {
  const targets = [context.getHandler(), context.getClass()];
  return reflector.getAllAndOverride<readonly string[] | undefined>(producesKey, targets) ?? [];
}

function vary(reply: FastifyReply): void {
  const others = reply.getHeader('vary');
  void reply.header('vary', others === undefined ? 'Accept' : `${String(others)}, Accept`);
}
