// The public shape of the client: what an application and the dialog hold in their hands.
import type { SessionEventMap } from './session-events.js';
import type { Activity, Remaining, SessionInfo, SessionState } from './session.js';

export interface SessionClientOptions {
  /** Base URL of the Portcullis server: '/' or 'https://login.example'. Its origin may always have the token. */
  readonly baseUrl: string | URL;
  /** The application a sign-in is for (`application` of `POST /auth/login`). Default: the server's default one. */
  readonly application?: string;
  /** Other origins that may have the token, with their scheme. Nothing else ever gets it. Default: none. @throws TypeError */
  readonly apiOrigins?: readonly (string | URL)[];
  /** Namespace of the channel and the storage key: two applications on one origin must differ. Default `default`. */
  readonly appId?: string;
  /**
   * Where the token is kept: `tab` (sessionStorage), `local` (localStorage), `memory`, or a store of
   * the application's own. Default `tab`. Falls back to memory, with a `problem` event, when blocked.
   */
  readonly storage?: 'tab' | 'local' | 'memory' | TokenStore;
  /**
   * How many milliseconds before an end the warning comes. Default: the server's `warnBefore`. Never
   * under 20 s (WCAG 2.2.1), unless the lifetime is under 60 s: then half of it.
   */
  readonly warnBeforeMs?: number;
  /** Extends the session while the user works without requests. Default `{}`; `false`: never. */
  readonly autoExtend?: false | AutoExtendOptions;
  /** Without input for this many milliseconds, `auto` requests go out as passive. Default 60,000. */
  readonly activeWindowMs?: number;
  /** `stream`: the server says at once when the session ends, over one stream per browser. Default `stream`. */
  readonly push?: 'stream' | 'off';
  /** What a sign-in as somebody else in another tab does here. Default `reload`. */
  readonly onUserChange?: 'reload' | 'event';
  /** Default: the global one, looked up at each call. */
  readonly fetch?: typeof globalThis.fetch;
  /** For tests. Both in milliseconds: of the wall, and of a clock that nobody sets. */
  readonly clock?: ClientClock;
  /** Told what the client does. Never a token or a part of one. */
  readonly log?: (entry: LogEntry) => void;
}

export interface AutoExtendOptions {
  /** Extends once less than this share of the idle timeout is left. Default 0.5. */
  readonly below?: number;
  /** At most one extension per browser in so many milliseconds. Default 30,000. */
  readonly throttleMs?: number;
  /** Which events of the document are input. Default `pointerdown`, `keydown`, `wheel`, `touchstart`. */
  readonly events?: readonly string[];
}

export interface TokenStore {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
}

export interface ClientClock {
  now(): number;
  monotonic(): number;
}

export interface LogEntry {
  readonly level: 'debug' | 'warn';
  readonly event: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

export type SessionRequestInit = RequestInit & { readonly activity?: Activity };

/** What `observe` needs to know of an answer that came by another way than `fetch`. */
export interface ObservedResponse {
  readonly url: string;
  readonly status: number;
  header(name: string): string | null;
  /** `code` of the problem document, if there was one. */
  readonly code?: string | undefined;
}

export interface SessionClient {
  readonly appId: string;
  /** Resolved once the storage was read, other tabs were asked (60 ms at most) and the server if need be. */
  readonly ready: Promise<SessionState>;
  readonly state: SessionState;
  readonly session: SessionInfo | null;
  remaining(): Remaining | null;
  /** `fetch` with the token, the newest token kept from the answer, and at most one more try. */
  fetch(input: RequestInfo | URL, init?: SessionRequestInit): Promise<Response>;
  /** @throws PortcullisError with the server's code: `invalid_credentials`, `account_suspended`, `rate_limited` … */
  signIn(credentials: Credentials, init?: { signal?: AbortSignal }): Promise<SessionInfo>;
  /** For a sign-in of the application's own. @throws TypeError if it is no token of this kind. */
  adopt(token: string): SessionInfo;
  /** Ends the session here first, then tells the server. */
  signOut(options?: { everywhere?: boolean }): Promise<void>;
  /** True only with a newer token in hand. @throws SessionEndedError after the end. */
  extend(): Promise<boolean>;
  /** Asks the server without sliding. @throws SessionEndedError after the end. */
  check(): Promise<SessionState>;
  /** @returns a function that takes the listener off again. */
  on<K extends keyof SessionEventMap>(
    type: K,
    listener: (event: SessionEventMap[K]) => void,
    options?: { signal?: AbortSignal },
  ): () => void;
  /** Headers for a request that goes another way (axios, XHR); `{}` for a foreign origin. */
  authorize(url: string | URL, activity?: Activity): Record<string, string>;
  /** What came back for the headers of `authorize`. `retry`: send it once more with new ones. */
  observe(
    response: ObservedResponse,
    sent: Readonly<Record<string, string>>,
  ): Promise<'ok' | 'retry' | 'ended'>;
  /** Takes off every listener, timer, channel and stream. The session goes on. */
  close(): void;
}
