// All that one client knows, in one place: the parts are functions that read and change it.
import type { Page } from '../page.js';
import type { ClientClock, SessionClientOptions, TokenStore } from '../session-client.js';
import type { ProblemCode, SessionEventMap } from '../session-events.js';
import type { EndReason, PortcullisUser, SessionInfo, SessionState } from '../session.js';
import { systemClock } from '../time/clock.js';
import type { Claims, Rank } from '../token/claims.js';

/** The session as it goes to other tabs and into the store. */
export interface Snapshot {
  readonly token: string;
  readonly user: PortcullisUser;
  readonly warnBeforeMs: number;
  /** How far the local clock is ahead of the server's, in milliseconds. */
  readonly offset: number;
}

export interface Held extends Snapshot {
  readonly claims: Claims;
  readonly info: SessionInfo;
}

export type Message =
  /** Who has a session, or a token of this one as new as mine? */
  | { readonly t: 'hello'; readonly sid?: string | undefined; readonly rank?: Rank | undefined }
  | { readonly t: 'token'; readonly held: Snapshot }
  /** A request under way may bring a newer token. */
  | { readonly t: 'busy' }
  /** None is any more, in this tab. */
  | { readonly t: 'idle' }
  | {
      readonly t: 'end';
      readonly sid: string;
      readonly reason: EndReason;
      readonly refused?: Rank | undefined;
    }
  /** The stream's holder is alive. */
  | { readonly t: 'beat'; readonly hidden: boolean }
  /** A visible tab would hold the stream. */
  | { readonly t: 'want' };

/** The stream, as far as the rest knows it: it is loaded when somebody is signed in. */
export interface Push {
  start(): void;
  stop(): void;
  /** The page was shown or hidden. */
  turn(): void;
  hear(message: Message): void;
}

export interface Context {
  readonly options: SessionClientOptions;
  readonly page: Page;
  readonly clock: ClientClock;
  /** Where the server is. */
  readonly base: URL;
  /** Of the channel, the storage key and the lock. */
  readonly name: string;
  readonly events: EventTarget;
  held: Held | null;
  state: SessionState;
  /** Why the last session ended. */
  endReason: EndReason | null;
  /** Sessions that ended never come back. */
  readonly over: Set<string>;
  readonly problems: Set<string>;
  /** Requests that may bring a newer token, with the time they went out. */
  readonly underWay: Map<object, number>;
  /** What `waitUntil` of the last `ended` asked for. */
  afterEnd: Promise<unknown>[];
  store: TokenStore | null;
  channel: InstanceType<Page['BroadcastChannel']> | null;
  push: Push | null;
  /** The server's word that is being looked into. */
  pushed: boolean;
  isClosed: boolean;
  /** How far the wall's clock is ahead of the one that nobody sets. */
  ahead: number;
  /** It was set, or there was sleep, and the server was not asked since. */
  hasJumped: boolean;
  /** Asks the server, and acts on what it says. */
  ask(): Promise<void>;
  /** Sets the state by what is held now. */
  settle(): void;
}

export function createContext(options: SessionClientOptions, page: Page): Context {
  const { clock = systemClock } = options;
  return {
    options,
    page,
    clock,
    // With its slash, without which the last part of a path would be left out.
    base: new URL(String(options.baseUrl).replace(/\/*$/, '/'), page.location.href),
    name: `portcullis:${options.appId ?? 'default'}`,
    events: new EventTarget(),
    held: null,
    state: 'starting',
    endReason: null,
    over: new Set(),
    problems: new Set(),
    underWay: new Map(),
    afterEnd: [],
    store: null,
    channel: null,
    push: null,
    pushed: false,
    isClosed: false,
    ahead: clock.now() - clock.monotonic(),
    hasJumped: false,
    ask: async () => undefined,
    settle: () => undefined,
  };
}

/** A listener that throws is reported and keeps nobody from hearing: so the platform has it. */
export function emit<K extends keyof SessionEventMap>(
  { events, isClosed }: Context,
  type: K,
  detail: SessionEventMap[K],
): void {
  if (!isClosed) events.dispatchEvent(new CustomEvent(type, { detail }));
}

export function setState(context: Context, to: SessionState): void {
  const from = context.state;
  if (from === to) return;
  context.state = to;
  emit(context, 'statechange', { from, to });
}

/** Neither channel, lock nor stream may keep the page out of the Back button's cache. */
export function disconnect(context: Context): void {
  context.push?.stop();
  context.channel?.close();
  context.channel = null;
}

/** Once each. */
export function problem(context: Context, code: ProblemCode, detail?: string): void {
  if (context.problems.has(code)) return;
  context.problems.add(code);
  context.options.log?.({ level: 'warn', event: code, data: { detail } });
  emit(context, 'problem', { code, detail });
}

export const post = ({ channel }: Context, message: Message): void => channel?.postMessage(message);

export const snapshotOf = ({ token, user, warnBeforeMs, offset }: Held): Snapshot => ({
  token,
  user,
  warnBeforeMs,
  offset,
});

/** A request that changes something may bring a newer token for so long; others wait for it. */
export const longestBusyMs = 5_000;

export function isBusy({ underWay, clock }: Context): boolean {
  for (const [sent, at] of underWay) if (clock.now() - at > longestBusyMs) underWay.delete(sent);
  return underWay.size > 0;
}

/** Said beforehand: a tab that is asked may be too slow to answer in time. */
export function begin(context: Context, sent: object): void {
  // Forgets those whose end nobody has told.
  isBusy(context);
  context.underWay.set(sent, context.clock.now());
  post(context, { t: 'busy' });
}

/** After a newer token was told, so that whoever waits for it has it. */
export function finish(context: Context, sent: object): void {
  if (context.underWay.delete(sent) && !isBusy(context)) post(context, { t: 'idle' });
}
