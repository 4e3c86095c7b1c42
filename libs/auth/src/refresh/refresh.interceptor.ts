import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { AbstractHttpAdapter } from '@nestjs/core';
import type { Observable } from 'rxjs';
import { slidingTokenOf, type HttpRequest, type HttpResponse } from '../http-message.js';
import { beforeFirstValue } from './before-first-value.js';
import type { Slide } from './slide.js';

/** The slide, where the platform has no better place for it. */
export class RefreshInterceptor implements NestInterceptor {
  constructor(private readonly slide: Slide) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.getArgByIndex<HttpRequest>(0);
    if (slidingTokenOf(request) === undefined) return next.handle();
    const response = context.getArgByIndex<HttpResponse>(1);
    // A stream's later values come when the headers have long been sent.
    return beforeFirstValue(next.handle(), () => this.slide.attach(request, response));
  }
}

type OnSend = (
  request: HttpRequest,
  response: HttpResponse,
  payload: unknown,
  done: () => void,
) => void;

/** As much of Fastify as is used here. */
interface Hooks {
  addHook(name: 'onSend', hook: OnSend): unknown;
}

/**
 * On Fastify a hook under Nest's interceptors: the first interceptor of an application, even one that does
 * nothing, costs each request half of what all the rest of Nest does. Undefined: then none is registered.
 */
export function slideOnTheWayOut(
  adapter: AbstractHttpAdapter | undefined,
  slide: Slide,
): RefreshInterceptor | undefined {
  if (adapter?.getType() !== 'fastify') return new RefreshInterceptor(slide);
  adapter.getInstance<Hooks>().addHook('onSend', (request, response, _payload, done) => {
    const attached = slide.attach(request, response);
    if (attached === undefined) done();
    else void attached.then(done);
  });
  return undefined;
}
