// The server's routes, as the client calls them.
import { PortcullisError } from '../errors.js';
import type { Transport } from '../http/transport.js';
import type { Credentials } from '../session-client.js';
import type { PortcullisUser } from '../session.js';
import type { Peek } from '../time/ticker.js';
import { isNewer, readClaims } from '../token/claims.js';
import type { Core, Offer } from './core.js';

/** What the routes answer, as far as it is read. */
interface Answer {
  readonly accessToken: string;
  readonly expiresIn?: number;
  readonly user: PortcullisUser;
  readonly session: {
    readonly id: string;
    readonly idleExpiresAt: string;
    readonly warnBefore: number;
  };
}

const answerWithinMs = 10_000;

export class ServerCalls {
  constructor(
    private readonly core: Core,
    private readonly transport: Transport,
    private readonly base: URL,
    private readonly now: () => number,
    private readonly fetch: (request: Request) => Promise<Response>,
  ) {}

  /** @throws PortcullisError */
  async logIn(
    credentials: Credentials,
    application: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Offer> {
    const body = JSON.stringify({
      email: credentials.email,
      password: credentials.password,
      application,
    });
    const headers = { 'Content-Type': 'application/json' };
    const request = this.#request('auth/login', {
      method: 'POST',
      headers,
      body,
      signal: signal ?? null,
    });
    const response = await this.fetch(request);
    if (!response.ok) throw await refusalIn(response);
    const { accessToken, user, session } = (await response.json()) as Answer;
    return { token: accessToken, user, warnBeforeMs: session.warnBefore * 1000 };
  }

  /** Asks without sliding. What it says of the time is exact to a second, whatever the clock here says. */
  async peek(): Promise<Peek> {
    const { core } = this;
    const sid = core.held?.claims.sid;
    const sentAt = this.now();
    try {
      const response = await this.#send('auth/session', { method: 'GET' }, 'passive');
      if (core.held?.claims.sid !== sid) return 'ended';
      if (!response.ok) return 'unreachable';
      const { user, session, expiresIn } = (await response.json()) as Answer;
      if (core.held?.claims.sid !== session.id) return 'ended';
      const end = Date.parse(session.idleExpiresAt);
      core.amend({
        user,
        warnBeforeMs: session.warnBefore * 1000,
        ...(expiresIn !== undefined && { offset: sentAt + expiresIn * 1000 - end }),
      });
      return 'alive';
    } catch {
      return core.held ? 'unreachable' : 'ended';
    }
  }

  /** @returns whether a newer token is in hand. */
  async extend(): Promise<boolean> {
    try {
      const response = await this.#send('auth/session/extend', { method: 'POST' }, 'user');
      if (!response.ok) return false;
      const { accessToken } = (await response.json()) as Answer;
      this.core.offer({ token: accessToken }, 'answer');
      const given = readClaims(accessToken);
      const current = this.core.held?.claims;
      return !!given && given.sid === current?.sid && !isNewer(given, current);
    } catch {
      return false;
    }
  }

  /** With the token that is no longer held: the session has ended here already. */
  async logOut(token: string, everywhere: boolean): Promise<void> {
    const request = this.#request(everywhere ? 'auth/logout-all' : 'auth/logout', {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
      // The page may be gone before the answer.
      keepalive: true,
    });
    await this.fetch(request);
  }

  /** The stream of the session's end. */
  listen(signal: AbortSignal): Promise<Response> {
    const headers = { Accept: 'text/event-stream' };
    return this.#send('auth/session/events', { headers, signal, cache: 'no-store' }, 'passive');
  }

  #send(path: string, init: RequestInit, activity: string): Promise<Response> {
    const request = this.#request(path, {
      signal: AbortSignal.timeout(answerWithinMs),
      ...init,
    });
    return this.transport.send(request, request.clone(), activity);
  }

  #request(path: string, init: RequestInit): Request {
    return new Request(new URL(path, this.base), { credentials: 'omit', ...init });
  }
}

async function refusalIn(response: Response): Promise<PortcullisError> {
  const body: unknown = await response.json().catch(() => null);
  const code = (body as { code?: unknown } | null)?.code;
  const after = Number(response.headers.get('Retry-After') ?? NaN) * 1000;
  return new PortcullisError(
    typeof code === 'string' ? code : 'unexpected_answer',
    response.status,
    Number.isNaN(after) ? undefined : after,
  );
}
