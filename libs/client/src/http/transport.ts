// Requests with the token: to whom it may go, what comes back with them, and one more try.
import type { Activity } from '../session.js';
import type { ObservedResponse } from '../session-client.js';
import { begin, finish, problem, type Context } from '../session/context.js';
import { end, offer } from '../session/hold.js';
import type { Tabs } from '../session/tabs.js';
import { isNewer, readClaims } from '../token/claims.js';
import { reasonOf, refusalOf, type Refusal } from './verdict.js';

export type Outcome = 'ok' | 'retry' | 'ended';
type Sent = Readonly<Record<string, string>>;

export interface Transport {
  headers(url: string | URL, activity?: Activity): Record<string, string>;
  /** @param spare the same request once more, or null when its body can be sent only once. */
  send(request: Request, spare: Request | null, activity?: Activity): Promise<Response>;
  observe(response: ObservedResponse, sent: Sent): Promise<Outcome>;
}

export const plainFetch = ({ options }: Context, request: Request): Promise<Response> =>
  (options.fetch ?? globalThis.fetch)(request);

function originOf(url: string | URL): string {
  if (!/^https?:/.test(String(url))) throw new TypeError(`no origin: ${String(url)}`);
  return new URL(url).origin;
}

export function createTransport(context: Context, tabs: Tabs, isAway: () => boolean): Transport {
  const { base, page, options } = context;
  // As the browser does it: a base element says what a path means.
  const resolve = (url: string | URL): URL => new URL(url, page.document.baseURI);
  const ownCalls = new URL('auth/session', base).href;
  const origins = [base, ...(options.apiOrigins ?? [])].map(originOf);
  const verdicts = new Map<string, Promise<Outcome>>();

  const headers: Transport['headers'] = (url, activity) => {
    if (!context.held || !origins.includes(resolve(url).origin)) return {};
    const isPassive = activity === 'passive' || (activity !== 'user' && isAway());
    return {
      Authorization: `Bearer ${context.held.token}`,
      ...(isPassive && { 'Session-Activity': 'passive' }),
    };
  };

  const observe: Transport['observe'] = async (response, sent) => {
    const token = sent['Authorization']?.slice(7);
    if (!token) return 'ok';
    // After a redirect the answer may be anybody's.
    const { href, origin } = resolve(response.url);
    const isOurs = origins.includes(origin);
    if (isOurs) adopt(context, response, sent, origin);
    finish(context, sent);
    const refusal = refusalOf(response.status, response.header('WWW-Authenticate'), response.code);
    if (!isOurs || !refusal) return 'ok';
    // The client's own question would wait for its own verdict.
    // A service with a wrong audience calls every token invalid, and a proxy loses the code: the server is asked.
    const isHearsay = !/(revoked|expired)$/.test(refusal) && !href.startsWith(ownCalls);
    // One for all requests that went out with this token; the server's own word waits for no hearsay.
    const key = `${String(isHearsay)} ${token}`;
    const verdict =
      verdicts.get(key) ??
      judge(context, tabs, token, refusal, isHearsay).finally(() => verdicts.delete(key));
    verdicts.set(key, verdict);
    return verdict;
  };

  const send: Transport['send'] = async (request, spare, activity) => {
    const added = headers(request.url, activity);
    // Whoever sets a header himself means it.
    if (!added['Authorization'] || request.headers.has('Authorization')) {
      return plainFetch(context, request);
    }
    for (const [name, value] of Object.entries(added)) {
      if (!request.headers.has(name)) request.headers.set(name, value);
    }
    if (!/^(GET|HEAD)$/.test(request.method)) begin(context, added);
    try {
      const response = await plainFetch(context, request);
      const outcome = await observe(await observedOf(response, request.url, ownCalls), added);
      return outcome === 'retry' && spare ? await send(spare, null, activity) : response;
    } finally {
      finish(context, added);
    }
  };

  return { headers, send, observe };
}

function adopt(context: Context, response: ObservedResponse, sent: Sent, theirs: string): void {
  if (response.status < 200 || response.status >= 300) return;
  const header = response.header('Authorization');
  const { origin } = context.page.location;
  if (header?.startsWith('Bearer ')) offer(context, { token: header.slice(7) }, 'answer');
  else if (!header && !sent['Session-Activity'] && theirs !== origin) {
    problem(context, 'header-not-exposed', `${theirs} must answer with ${exposed}`);
  }
}

const exposed = 'Access-Control-Expose-Headers: Authorization, WWW-Authenticate, Retry-After';

async function judge(
  context: Context,
  tabs: Tabs,
  token: string,
  refusal: Refusal,
  isHearsay: boolean,
): Promise<Outcome> {
  const claims = readClaims(token);
  const isCurrent = (): boolean => context.held?.token === token;
  if (!claims) return 'ok';
  if (isCurrent()) await tabs.findNewer(claims.sid, claims, refusal === 'token_revoked');
  if (isCurrent() && isHearsay) await context.ask();
  else if (isCurrent()) {
    end(context, reasonOf(refusal, claims), context.pushed ? 'push' : 'server', claims);
  }
  const current = context.held?.claims;
  if (current?.sid !== claims.sid) return 'ended';
  return isNewer(current, claims) ? 'retry' : 'ok';
}

/**
 * The body of a 401 stays the caller's: the code is read from a copy.
 * @throws what cut off an answer to a question of the client's own: without its code it is no verdict.
 */
async function observedOf(
  response: Response,
  sentTo: string,
  ownCalls: string,
): Promise<ObservedResponse> {
  const { status, headers } = response;
  const isProblem = status === 401 && headers.get('Content-Type')?.includes('problem+json');
  const body: unknown = isProblem
    ? await response
        .clone()
        .json()
        .catch((error: unknown) => {
          if (!(error instanceof SyntaxError) && sentTo.startsWith(ownCalls)) throw error;
        })
    : null;
  return {
    url: response.url || sentTo,
    status,
    header: (name) => headers.get(name),
    code: (body as { code?: string } | null)?.code,
  };
}
