import type { IncomingMessage } from 'node:http';
import type { CheckedToken } from './access-token/checked-token.js';
import type { Principal } from './access-token/principal.js';

/** What Fastify's and Express's requests and responses have in common, as far as it is used here. */

const checkedTokenKey = Symbol('portcullis.checkedToken');
const slidesKey = Symbol('portcullis.slides');

export interface HttpRequest {
  readonly headers: IncomingMessage['headers'];
  /** Node's own request: Fastify wraps it, Express is it. */
  readonly raw?: IncomingMessage;
  readonly rawHeaders?: readonly string[];
  readonly url: string;
  readonly originalUrl?: string;
  user?: Principal;
  [checkedTokenKey]?: CheckedToken;
  [slidesKey]?: true;
}

export interface HttpResponse {
  readonly statusCode: number;
  status(code: number): this;
  header(name: string, value: string): unknown;
  send(body: string): unknown;
}

export function rememberChecked(request: HttpRequest, checked: CheckedToken): void {
  request[checkedTokenKey] = checked;
  request.user = checked.principal;
}

/** The token that the guard let this request in with, or undefined on a public route. */
export function checkedTokenOf(request: HttpRequest): CheckedToken | undefined {
  return request[checkedTokenKey];
}

export function rememberSliding(request: HttpRequest): void {
  request[slidesKey] = true;
}

/** The token for which the answer to this request is to carry a fresh one. */
export function slidingTokenOf(request: HttpRequest): CheckedToken | undefined {
  return request[slidesKey] === true ? request[checkedTokenKey] : undefined;
}

/** A poll, a stream, "am I still signed in?": checked like any request, but slides nothing. */
export function isPassive(request: Pick<HttpRequest, 'headers'>): boolean {
  const activity = request.headers['session-activity'];
  // Sent twice, it comes as a list.
  return typeof activity === 'string' && /^ *passive *(, *passive *)*$/i.test(activity);
}

export function pathOf(request: HttpRequest): string {
  const url = request.originalUrl ?? request.url;
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}
