// The client: its parts and how they hear of each other.
import { SessionEndedError } from './errors.js';
import { createTransport, type Transport } from './http/transport.js';
import { watchPage } from './page-events.js';
import { pause, type Page } from './page.js';
import { startPush } from './push/start-push.js';
import type * as shape from './session-client.js';
import type { SessionEventMap } from './session-events.js';
import type { Activity, Remaining, SessionInfo, SessionState } from './session.js';
import { watchActivity } from './session/activity.js';
import { logIn, logOut, peek, renew } from './session/calls.js';
import type { Context } from './session/context.js';
import { begin, createContext, disconnect, emit, setState } from './session/context.js';
import { end, offer, tell, type Offer } from './session/hold.js';
import { openStore, save } from './session/store.js';
import { createTabs } from './session/tabs.js';
import { createTicker, remaining, type Ticker } from './time/ticker.js';

const notNewer = (): Error => new TypeError('not a newer token of Portcullis');
const overtaken = (): Error => new DOMException('overtaken by a sign-in or sign-out', 'AbortError');

export class Client implements shape.SessionClient {
  readonly appId: string;
  readonly ready: Promise<SessionState>;
  readonly #context: Context;
  readonly #transport: Transport;
  readonly #ticker: Ticker;
  readonly #restored: Promise<boolean>;
  readonly #closing = new AbortController();
  #extending: Promise<boolean> | null = null;
  /** Of the last sign-in or sign-out asked for here: an earlier one's answer is of no use any more. */
  #wish = 0;
  /** Which of these has led to what is held. */
  #taken = 0;

  constructor(options: shape.SessionClientOptions, page: Page) {
    this.appId = options.appId ?? 'default';
    const context = (this.#context = createContext(options, page));
    const tabs = createTabs(context);
    const { signal } = this.#closing;
    const isAway = watchActivity(context, signal, () => this.extend());
    const transport = (this.#transport = createTransport(context, tabs, isAway));
    const ticker = (this.#ticker = createTicker(context, () => peek(context, transport)));
    watchPage(context, tabs, signal, () => ticker.look(true));
    const start = (): void => startPush(context, transport);
    context.ask = () => ticker.ask().then(start);
    context.settle = () => {
      if (context.state === 'starting') return;
      ticker.settle();
      start();
    };
    // In a step of its own, so that listeners can be added before the first event.
    this.#restored = Promise.resolve().then(() => {
      if (context.isClosed) return false;
      openStore(context);
      tabs.open();
      // What was adopted before there was anybody to tell.
      save(context);
      tell(context);
      return tabs.greet();
    });
    this.ready = this.#restored.then(async (isAnswered) => {
      // What was kept may have ended while no tab was open.
      if (context.held && !isAnswered) await ticker.ask();
      else ticker.settle();
      start();
      return context.state;
    });
  }

  get state(): SessionState {
    return this.#context.state;
  }

  get session(): SessionInfo | null {
    return this.#context.held?.info ?? null;
  }

  remaining(): Remaining | null {
    return remaining(this.#context);
  }

  async fetch(
    input: RequestInfo | URL,
    { activity, ...init }: shape.SessionRequestInit = {},
  ): Promise<Response> {
    const request = new Request(input, init);
    if (!this.#context.held) await this.#restored;
    // A stream is read once.
    const spare = init.body instanceof ReadableStream ? null : request.clone();
    return this.#transport.send(request, spare, activity);
  }

  async signIn(
    credentials: shape.Credentials,
    init?: { signal?: AbortSignal },
  ): Promise<SessionInfo> {
    const wish = ++this.#wish;
    const offered = await logIn(this.#context, credentials, init?.signal);
    if (wish !== this.#wish) {
      void logOut(this.#context, offered.token);
      throw overtaken();
    }
    return this.#take(offered);
  }

  adopt(token: string): SessionInfo {
    this.#wish++;
    const session = this.#take({ token });
    // Who it is and how much time there is: a token alone does not say how old it is.
    void this.#ticker.ask();
    return session;
  }

  async signOut({ everywhere = false } = {}): Promise<void> {
    const wish = ++this.#wish;
    const context = this.#context;
    // What is kept, or another tab has, is not known at once.
    if (!context.held) await this.#restored;
    const { held } = context;
    if (!held || this.#taken > wish) return;
    end(context, 'signed-out', 'here');
    await Promise.race([Promise.allSettled(context.afterEnd), pause(2_000)]);
    await logOut(context, held.token, everywhere ? 'logout-all' : 'logout');
  }

  extend(): Promise<boolean> {
    return (this.#extending ??= this.#extend().finally(() => (this.#extending = null)));
  }

  async check(): Promise<SessionState> {
    if (this.#context.held) await this.#ticker.ask();
    this.#assertNotEnded();
    return this.state;
  }

  on<K extends keyof SessionEventMap>(
    type: K,
    listener: (event: SessionEventMap[K]) => void,
    options?: { signal?: AbortSignal },
  ): () => void {
    const { events } = this.#context;
    const own = (event: Event): void => listener((event as CustomEvent<SessionEventMap[K]>).detail);
    events.addEventListener(type, own, options);
    return () => events.removeEventListener(type, own);
  }

  authorize(url: string | URL, activity?: Activity): Record<string, string> {
    const headers = this.#transport.headers(url, activity);
    if (headers['Authorization']) begin(this.#context, headers);
    return headers;
  }

  observe(
    response: shape.ObservedResponse,
    sent: Readonly<Record<string, string>>,
  ): Promise<'ok' | 'retry' | 'ended'> {
    return this.#transport.observe(response, sent);
  }

  close(): void {
    const context = this.#context;
    this.#closing.abort();
    context.isClosed = true;
    disconnect(context);
    this.#ticker.stop();
  }

  async #extend(): Promise<boolean> {
    const context = this.#context;
    this.#assertNotEnded();
    if (!context.held) return false;
    const { state } = context;
    if (state === 'warning' || state === 'unknown') setState(context, 'extending');
    const isExtended = await renew(context, this.#transport);
    this.#assertNotEnded();
    // Back, and on to what the time says.
    if (context.state === 'extending') setState(context, state);
    this.#ticker.settle(isExtended);
    const rest = remaining(context);
    if (isExtended && rest) emit(context, 'extended', rest);
    return isExtended;
  }

  #assertNotEnded(): void {
    const { endReason, held } = this.#context;
    if (!held && endReason) throw new SessionEndedError(endReason);
  }

  #take(offered: Offer): SessionInfo {
    const isTaken = offer(this.#context, offered, 'sign-in');
    const { held } = this.#context;
    // A listener that was told may have ended it already.
    if (held?.token !== offered.token) throw isTaken ? overtaken() : notNewer();
    this.#taken = this.#wish;
    return held.info;
  }
}
