// What the application holds in its hands.
import { SessionEndedError } from './errors.js';
import { PageEvents } from './page-events.js';
import { pause, type Page } from './page.js';
import { Parts } from './parts.js';
import type * as shape from './session-client.js';
import type { SessionEventMap } from './session-events.js';
import type { Activity, Remaining, SessionInfo, SessionState } from './session.js';
import type { Offer } from './session/core.js';

export class Client implements shape.SessionClient {
  readonly appId: string;
  readonly ready: Promise<SessionState>;
  readonly #parts: Parts;
  readonly #pageEvents: PageEvents;
  readonly #restored: Promise<void>;
  #extending: Promise<boolean> | null = null;
  /** Of the last sign-in or sign-out asked for here: an earlier one's answer is of no use any more. */
  #wish = 0;
  #isClosed = false;

  constructor(options: shape.SessionClientOptions, page: Page) {
    this.appId = options.appId ?? 'default';
    this.#parts = new Parts(options, page, () => this.extend());
    this.#pageEvents = new PageEvents(this.#parts);
    // In a step of its own, so that listeners can be added before the first event.
    this.#restored = Promise.resolve().then(() => this.#restore());
    this.ready = this.#restored.then(() => this.#begin());
  }

  get state(): SessionState {
    return this.#parts.core.state;
  }

  get session(): SessionInfo | null {
    return this.#parts.core.session;
  }

  remaining(): Remaining | null {
    return this.#parts.ticker.remaining();
  }

  async fetch(
    input: RequestInfo | URL,
    { activity, ...init }: shape.SessionRequestInit = {},
  ): Promise<Response> {
    const { core, transport } = this.#parts;
    const request = new Request(input, init);
    if (!core.held) await this.#restored;
    // A stream is read once.
    const spare = init.body instanceof ReadableStream ? null : request.clone();
    return transport.send(request, spare, activity);
  }

  async signIn(
    credentials: shape.Credentials,
    init?: { signal?: AbortSignal },
  ): Promise<SessionInfo> {
    const { calls, options } = this.#parts;
    const wish = ++this.#wish;
    const offer = await calls.logIn(credentials, options.application, init?.signal);
    if (wish !== this.#wish) {
      void calls.logOut(offer.token, false).catch(() => undefined);
      throw new DOMException('another sign-in or sign-out came after this one', 'AbortError');
    }
    return this.#take(offer);
  }

  adopt(token: string): SessionInfo {
    this.#wish++;
    const session = this.#take({ token });
    // Who it is and how much time there is: a token alone does not say how old it is.
    void this.#parts.ticker.ask();
    return session;
  }

  async signOut({ everywhere = false } = {}): Promise<void> {
    this.#wish++;
    const { core, calls } = this.#parts;
    const { held } = core;
    if (!held) return;
    core.end('signed-out', 'here');
    await Promise.race([core.afterEnd, pause(2_000)]);
    await calls.logOut(held.token, everywhere).catch(() => {
      core.log({ level: 'warn', event: 'sign-out-not-told' });
    });
  }

  extend(): Promise<boolean> {
    this.#extending ??= this.#extend().finally(() => (this.#extending = null));
    return this.#extending;
  }

  async check(): Promise<SessionState> {
    const { core, ticker } = this.#parts;
    if (core.held) await ticker.ask();
    this.#assertNotEnded();
    return core.state;
  }

  on<K extends keyof SessionEventMap>(
    type: K,
    listener: (event: SessionEventMap[K]) => void,
    options?: { signal?: AbortSignal },
  ): () => void {
    return this.#parts.emitter.on(type, listener, options);
  }

  authorize(url: string | URL, activity?: Activity): Record<string, string> {
    const { transport } = this.#parts;
    const headers = transport.headers(url, activity);
    if (headers['Authorization']) transport.begin(headers);
    return headers;
  }

  observe(
    response: shape.ObservedResponse,
    sent: Readonly<Record<string, string>>,
  ): Promise<'ok' | 'retry' | 'ended'> {
    return this.#parts.transport.observe(response, sent);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const { activity, emitter, push, tabs, ticker } = this.#parts;
    this.#pageEvents.stop();
    activity.stop();
    push.stop();
    ticker.stop();
    tabs.close();
    emitter.clear();
  }

  async #extend(): Promise<boolean> {
    const { core, calls, emitter, ticker } = this.#parts;
    this.#assertNotEnded();
    if (!core.held) return false;
    if (core.state === 'warning' || core.state === 'unknown') core.setState('extending');
    const isExtended = await calls.extend();
    this.#assertNotEnded();
    // Back to what the time says.
    ticker.settle(isExtended ? 'alive' : 'unreachable');
    const remaining = ticker.remaining();
    if (isExtended && remaining) emitter.emit('extended', remaining);
    return isExtended;
  }

  #assertNotEnded(): void {
    const { endReason, held } = this.#parts.core;
    if (!held && endReason) throw new SessionEndedError(endReason);
  }

  #take(offer: Offer): SessionInfo {
    const { core } = this.#parts;
    const isTaken = core.offer(offer, 'sign-in');
    if (!isTaken && core.held?.token !== offer.token) {
      throw new TypeError('not a newer access token of Portcullis');
    }
    if (!core.session) throw new SessionEndedError(core.endReason ?? 'signed-out');
    return core.session;
  }

  /** What is found is told by `ready` and `statechange`: nobody signed in just now. */
  async #restore(): Promise<void> {
    const { core, handOff, store, tabs } = this.#parts;
    store.open();
    const kept = store.load();
    if (kept) core.offer(kept, 'store');
    if (!tabs.open()) core.problem('channel-missing');
    else await handOff.greet();
  }

  async #begin(): Promise<SessionState> {
    const { activity, core, handOff, options, push, ticker } = this.#parts;
    if (this.#isClosed) return core.state;
    this.#pageEvents.start();
    activity.start();
    // What was kept may have ended while no tab was open.
    if (core.held && !handOff.isAnswered) await ticker.ask();
    if (!core.held) core.setState('signed-out');
    ticker.settle('alive');
    if (core.held && options.push !== 'off') push.start();
    return core.state;
  }
}
