// The server's part of the contract, with sessions that are told apart by their tokens' claims.
import type { Claims } from '../token/claims.js';
import { problemDocument, refused } from './refusals.js';
import type { TestTime } from './test-time.js';

export const base = 'https://login.example';

interface Session {
  readonly id: string;
  readonly sub: string;
  readonly begun: number;
  ver: number;
  isRevoked: boolean;
  newest: string;
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** As long and as wild as real ones, so that a part of a token can be looked for. */
const header = encode({ alg: 'ES256', typ: 'at+jwt', kid: 'the key of the fake server' });
const signature = (count: number): string =>
  Buffer.from(`Number ${String(count)}: nobody has signed it, and nobody here looks.`).toString(
    'base64url',
  );

export class FakeServer {
  readonly sessions = new Map<string, Session>();
  /** What came in: method and path, then the headers that matter. */
  readonly requests: { line: string; token: string | null; activity: string | null }[] = [];
  accessTokenTtl = 600;
  sessionTtl = 28_800;
  warnBefore = 120;
  refreshAfter = 10;
  displayName = 'Mia';
  /** Instead of an answer; may also throw, as when there is no network. */
  before: (request: Request) => Promise<Response | undefined> = async () => undefined;
  private minted = 0;
  private readonly streams = new Map<ReadableStreamDefaultController<Uint8Array>, string>();

  constructor(private readonly time: TestTime) {}

  mint(session: Session): string {
    const iat = Math.floor(this.time.now() / 1000);
    const session_exp = session.begun + this.sessionTtl;
    const claims: Claims = {
      sid: session.id,
      sub: session.sub,
      client_id: 'web',
      ver: session.ver,
      iat,
      exp: Math.min(iat + this.accessTokenTtl, session_exp),
      auth_time: session.begun,
      session_exp,
      roles: ['user'],
    };
    session.newest = `${header}.${encode(claims)}.${signature(++this.minted)}`;
    return session.newest;
  }

  logIn(email: string): string {
    const begun = Math.floor(this.time.now() / 1000);
    const id = `session ${String(this.sessions.size + 1)}`;
    const session: Session = { id, sub: email, begun, ver: 1, isRevoked: false, newest: '' };
    this.sessions.set(id, session);
    return this.mint(session);
  }

  /** All streams of the session are told, and closed. */
  revoke(sid: string, isTold = true): void {
    const session = this.sessions.get(sid);
    if (session) session.isRevoked = true;
    for (const [stream, owner] of this.streams) {
      if (owner !== sid) continue;
      this.streams.delete(stream);
      if (isTold) {
        stream.enqueue(Buffer.from('event: ended\ndata: {"code":"session_revoked"}\n\n'));
        stream.close();
      }
    }
  }

  /** As a proxy does that gives up. */
  endStreams(): void {
    for (const stream of this.streams.keys()) stream.close();
    this.streams.clear();
  }

  heartbeat(): void {
    for (const stream of this.streams.keys()) stream.enqueue(Buffer.from(': still here\n\n'));
  }

  get streamCount(): number {
    return this.streams.size;
  }

  count(line: string): number {
    return this.requests.filter((one) => one.line === line).length;
  }

  readonly fetch = async (input: RequestInfo | URL): Promise<Response> => {
    const request = input as Request;
    const { pathname } = new URL(request.url);
    const token = request.headers.get('authorization')?.slice(7) ?? null;
    const activity = request.headers.get('session-activity');
    this.requests.push({ line: `${request.method} ${pathname}`, token, activity });
    const instead = await this.before(request);
    if (instead) return instead;
    if (pathname === '/auth/login') return this.answerLogIn(request);
    const session = this.check(token);
    if (typeof session === 'string') return refused(session);
    if (pathname === '/auth/session/events') return this.answerStream(session, request.signal);
    if (pathname.startsWith('/auth/logout')) {
      this.revoke(session.id, false);
      return new Response(null, { status: 204 });
    }
    const isDue = this.claims(session.newest).iat <= this.time.now() / 1000 - this.refreshAfter;
    if (pathname === '/auth/session/extend' || (activity !== 'passive' && isDue))
      this.mint(session);
    const slid = activity === 'passive' ? {} : { authorization: `Bearer ${session.newest}` };
    return Response.json(this.bodyFor(session), { headers: slid });
  };

  claims(token: string): Claims {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Claims;
  }

  private bodyFor(session: Session): object {
    const { exp } = this.claims(session.newest);
    return {
      accessToken: session.newest,
      expiresIn: Math.max(0, Math.floor(exp - this.time.now() / 1000)),
      user: {
        id: session.sub,
        email: session.sub,
        displayName: this.displayName,
        status: 'active',
        roles: ['user'],
      },
      session: {
        id: session.id,
        idleExpiresAt: new Date(exp * 1000).toISOString(),
        warnBefore: this.warnBefore,
      },
    };
  }

  private async answerLogIn(request: Request): Promise<Response> {
    const { email, password } = (await request.json()) as { email: string; password: string };
    if (password === 'wrong') return problemDocument(401, 'invalid_credentials', 'Bearer');
    const token = this.logIn(email);
    const session = this.sessions.get(this.claims(token).sid)!;
    return Response.json(this.bodyFor(session), { headers: { authorization: `Bearer ${token}` } });
  }

  private check(token: string | null): Session | string {
    if (token === null) return 'token_missing';
    const claims = this.claims(token);
    const session = this.sessions.get(claims.sid);
    if (!session) return 'token_invalid';
    if (claims.exp * 1000 <= this.time.now()) return 'token_expired';
    if (session.isRevoked) return 'session_revoked';
    return claims.ver < session.ver ? 'token_revoked' : session;
  }

  private answerStream(session: Session, signal: AbortSignal): Response {
    const body = new ReadableStream<Uint8Array>({
      start: (stream) => {
        this.streams.set(stream, session.id);
        signal.addEventListener('abort', () => {
          if (this.streams.delete(stream)) stream.error(new DOMException('cut', 'AbortError'));
        });
      },
      cancel: () => undefined,
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }
}
