// Requests with the token: to whom it may go, what comes back with them, and one more try.
import type { ObservedResponse } from '../session-client.js';
import type { Core } from '../session/core.js';
import { isNewer, readClaims, type Rank } from '../token/claims.js';
import { reasonOf, refusalOf, type Refusal } from './verdict.js';

export type Outcome = 'ok' | 'retry' | 'ended';

export interface TransportHooks {
  fetch(request: Request): Promise<Response>;
  isPassive(): boolean;
  /** True as soon as another tab has sent a token newer than `rank`; false when none will. */
  findNewer(sid: string, rank: Rank, patient: boolean): Promise<boolean>;
  /** For what was refused by somebody who is not the server itself. */
  check(): Promise<unknown>;
  endOrigin(): 'push' | 'server';
}

/** A request that changes something may bring a newer token for this long; others wait for it. */
const longestWaitMs = 5_000;

export class Transport {
  readonly #underWay = new Map<object, number>();
  readonly #verdicts = new Map<string, Promise<Outcome>>();

  constructor(
    private readonly core: Core,
    private readonly origins: ReadonlySet<string>,
    private readonly base: URL,
    private readonly page: { readonly location: Pick<Location, 'href' | 'origin'> },
    private readonly now: () => number,
    private readonly hooks: TransportHooks,
  ) {}

  isAllowed(url: string | URL): boolean {
    return this.origins.has(new URL(url, this.page.location.href).origin);
  }

  /** Whether something under way may still bring a newer token. */
  get isBusy(): boolean {
    const since = this.now() - longestWaitMs;
    for (const [sent, at] of this.#underWay) if (at < since) this.#underWay.delete(sent);
    return this.#underWay.size > 0;
  }

  headers(url: string | URL, activity: string | undefined): Record<string, string> {
    if (!this.core.held || !this.isAllowed(url)) return {};
    const isPassive = activity === 'passive' || (activity !== 'user' && this.hooks.isPassive());
    return {
      Authorization: `Bearer ${this.core.held.token}`,
      ...(isPassive && { 'Session-Activity': 'passive' }),
    };
  }

  /** @param spare the same request once more, or null when its body can be sent only once. */
  async send(request: Request, spare: Request | null, activity?: string): Promise<Response> {
    const added = this.headers(request.url, activity);
    // Whoever sets a header himself means it.
    if (!added['Authorization'] || request.headers.has('authorization')) {
      return this.hooks.fetch(request);
    }
    for (const [name, value] of Object.entries(added)) {
      if (!request.headers.has(name)) request.headers.set(name, value);
    }
    const isSafe = request.method === 'GET' || request.method === 'HEAD';
    if (!isSafe) this.begin(added);
    try {
      const response = await this.hooks.fetch(request);
      const outcome = await this.observe(await observedOf(response, request.url), added);
      return outcome === 'retry' && spare ? await this.send(spare, null, activity) : response;
    } finally {
      this.#underWay.delete(added);
    }
  }

  begin(sent: object): void {
    this.#underWay.set(sent, this.now());
  }

  async observe(
    response: ObservedResponse,
    sent: Readonly<Record<string, string>>,
  ): Promise<Outcome> {
    const token = sent['Authorization']?.slice(7);
    const claims = token && readClaims(token);
    if (!claims) return 'ok';
    try {
      // After a redirect the answer may be anybody's.
      if (!this.isAllowed(response.url)) return 'ok';
      if (response.status >= 200 && response.status < 300) this.#adopt(response, sent);
    } finally {
      this.#underWay.delete(sent);
    }
    const refusal = refusalOf(response.status, response.header('WWW-Authenticate'), response.code);
    if (!refusal) return 'ok';
    const verdict =
      this.#verdicts.get(token) ??
      this.#judge(token, refusal, new URL(response.url).origin).finally(() =>
        this.#verdicts.delete(token),
      );
    this.#verdicts.set(token, verdict);
    return verdict;
  }

  #adopt(response: ObservedResponse, sent: Readonly<Record<string, string>>): void {
    const header = response.header('Authorization');
    const origin = new URL(response.url).origin;
    if (header?.startsWith('Bearer ')) this.core.offer({ token: header.slice(7) }, 'answer');
    else if (!header && !sent['Session-Activity'] && origin !== this.page.location.origin) {
      const line = 'Access-Control-Expose-Headers: Authorization, WWW-Authenticate, Retry-After';
      this.core.problem('header-not-exposed', `${origin} must answer with "${line}"`);
    }
  }

  /** One for all requests that went out with `token`. */
  async #judge(token: string, refusal: Refusal, origin: string): Promise<Outcome> {
    const claims = readClaims(token);
    if (!claims || this.core.isOver(claims.sid)) return 'ended';
    const isCurrent = (): boolean => this.core.held?.token === token;
    const isReplaced = (): boolean => {
      const current = this.core.held?.claims;
      return current?.sid === claims.sid && isNewer(current, claims);
    };
    if (isCurrent()) {
      await this.hooks.findNewer(claims.sid, claims, refusal === 'token_revoked');
    }
    if (isReplaced()) return 'retry';
    if (!isCurrent()) return this.core.isOver(claims.sid) ? 'ended' : 'ok';
    // A service with a wrong audience calls every token invalid: only the server is believed that.
    const isHearsay = refusal === 'elsewhere' || refusal === 'token_invalid';
    if (isHearsay && origin !== this.base.origin) {
      await this.hooks.check();
      return isReplaced() ? 'retry' : isCurrent() ? 'ok' : 'ended';
    }
    this.core.end(reasonOf(refusal, claims), this.hooks.endOrigin(), claims);
    return 'ended';
  }
}

/** The body of a 401 stays the caller's: the code is read from a copy. */
async function observedOf(response: Response, sentTo: string): Promise<ObservedResponse> {
  let code: string | undefined;
  if (
    response.status === 401 &&
    (response.headers.get('Content-Type') ?? '').includes('problem+json')
  ) {
    const body: unknown = await response
      .clone()
      .json()
      .catch(() => null);
    code = (body as { code?: string } | null)?.code;
  }
  return {
    url: response.url || sentTo,
    status: response.status,
    header: (name) => response.headers.get(name),
    ...(code !== undefined && { code }),
  };
}
