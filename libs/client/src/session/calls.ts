// The server's routes, as the client calls them.
import { PortcullisError } from '../errors.js';
import { plainFetch, type Transport } from '../http/transport.js';
import type { Activity, PortcullisUser } from '../session.js';
import type { Credentials } from '../session-client.js';
import { isNewer, readClaims } from '../token/claims.js';
import { emit, type Context } from './context.js';
import { hold, offer, type Offer } from './hold.js';

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

const requestTo = ({ base }: Context, path: string, init: RequestInit): Request =>
  new Request(new URL(`auth/${path}`, base), { credentials: 'omit', ...init });

/** A call in the name of the session at hand. */
export function call(
  context: Context,
  transport: Transport,
  path: string,
  activity: Activity,
  init: RequestInit,
): Promise<Response> {
  const signal = AbortSignal.timeout(answerWithinMs);
  const request = requestTo(context, path, { signal, ...init });
  return transport.send(request, request.clone(), activity);
}

/** @throws PortcullisError */
export async function logIn(
  context: Context,
  { email, password }: Credentials,
  signal?: AbortSignal,
): Promise<Offer> {
  const { application } = context.options;
  const request = requestTo(context, 'login', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password, application }),
    signal: signal ?? null,
  });
  const response = await plainFetch(context, request);
  if (!response.ok) throw await refusalIn(response);
  const { accessToken, user, session } = (await response.json()) as Answer;
  return { token: accessToken, user, warnBeforeMs: session.warnBefore * 1000 };
}

/**
 * Asks without sliding. What it says of the time holds whatever the clock here says.
 * @returns whether the server could be asked.
 */
export async function peek(context: Context, transport: Transport): Promise<boolean> {
  const sentAt = context.clock.now();
  try {
    const response = await call(context, transport, 'session', 'passive', {});
    const { user, session, expiresIn } = (await response.json()) as Answer;
    const { held } = context;
    if (!response.ok || session.id !== held?.claims.sid) return false;
    const offset =
      expiresIn === undefined
        ? held.offset
        : sentAt + expiresIn * 1000 - Date.parse(session.idleExpiresAt);
    hold(context, { ...held, user, warnBeforeMs: session.warnBefore * 1000, offset });
    if (JSON.stringify(user) !== JSON.stringify(held.user)) {
      emit(context, 'token', { origin: 'here' });
    }
    return true;
  } catch {
    return false;
  }
}

/** @returns whether a newer token is in hand. */
export async function renew(context: Context, transport: Transport): Promise<boolean> {
  try {
    const response = await call(context, transport, 'session/extend', 'user', { method: 'POST' });
    if (!response.ok) return false;
    const { accessToken } = (await response.json()) as Answer;
    offer(context, { token: accessToken }, 'answer');
    const given = readClaims(accessToken);
    const current = context.held?.claims;
    // Of two that were signed within a second neither is newer, and both are as good.
    return !!given && given.sid === current?.sid && !isNewer(given, current);
  } catch {
    return false;
  }
}

/** With a token that is no longer held: the session has ended here already. */
export const logOut = (context: Context, token: string, path = 'logout'): Promise<unknown> =>
  plainFetch(
    context,
    requestTo(context, path, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
      // The page may be gone before the answer.
      keepalive: true,
    }),
  ).catch(() => context.options.log?.({ level: 'warn', event: 'sign-out-not-told' }));

async function refusalIn(response: Response): Promise<PortcullisError> {
  const body: unknown = await response.json().catch(() => null);
  const { code = 'unexpected_answer' } = (body ?? {}) as { code?: string };
  const seconds = Number(response.headers.get('Retry-After'));
  return new PortcullisError(code, response.status, seconds > 0 ? seconds * 1000 : undefined);
}
