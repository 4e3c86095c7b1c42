// The parts of one client and how they hear of each other.
import { Transport } from './http/transport.js';
import type { Page } from './page.js';
import { Push } from './push/push.js';
import type { SessionClientOptions } from './session-client.js';
import type { EndReason } from './session.js';
import { Activity } from './session/activity.js';
import { Core, type CoreHooks, type Source } from './session/core.js';
import { Emitter } from './session/emitter.js';
import { HandOff } from './session/hand-off.js';
import { snapshotOf, type Held } from './session/held.js';
import { ServerCalls } from './session/server-calls.js';
import { openWebStorage, Store } from './session/store.js';
import { Tabs, type Message } from './tabs/tabs.js';
import { systemClock } from './time/clock.js';
import { Ticker } from './time/ticker.js';
import { isNewer, type Rank } from './token/claims.js';

export class Parts {
  readonly emitter = new Emitter();
  readonly core: Core;
  readonly store: Store;
  readonly tabs: Tabs;
  readonly handOff: HandOff;
  readonly ticker: Ticker;
  readonly transport: Transport;
  readonly calls: ServerCalls;
  readonly activity: Activity;
  readonly push: Push;
  /** How the end that is being looked into came to be known. */
  #pushed: string | null = null;

  constructor(
    readonly options: SessionClientOptions,
    readonly page: Page,
    extend: () => Promise<unknown>,
  ) {
    const { clock = systemClock, appId = 'default', storage = 'tab' } = options;
    const base = new URL(options.baseUrl, page.location.href);
    const origins = [base, ...(options.apiOrigins ?? [])].map(
      (url) => new URL(url, page.location.href).origin,
    );
    const now = (): number => clock.now();
    const name = `portcullis:${appId}`;
    this.core = new Core(this.emitter, this.#coreHooks(now), (entry) => options.log?.(entry));
    this.tabs = new Tabs(page, name, (message) => this.#hear(message));
    this.handOff = new HandOff(this.core, this.tabs, () => this.transport.isBusy);
    this.transport = new Transport(this.core, new Set(origins), base, page, now, {
      fetch: (request) => this.fetch(request),
      isPassive: () => this.activity.idleMs() > (options.activeWindowMs ?? 60_000),
      findNewer: (sid, rank, patient) => this.handOff.findNewer(sid, rank, patient),
      check: () => this.ticker.ask(),
      endOrigin: () => (this.#pushed === null ? 'server' : 'push'),
    });
    this.calls = new ServerCalls(this.core, this.transport, base, now, (it) => this.fetch(it));
    this.ticker = new Ticker(this.core, clock, options.warnBeforeMs, () => this.calls.peek());
    this.activity = new Activity(
      page,
      now,
      options.autoExtend ?? {},
      this.core,
      this.ticker,
      extend,
    );
    this.push = new Push(page, `${name}:push`, {
      listen: (signal) => this.calls.listen(signal),
      post: (message) => this.tabs.post(message),
      ended: (code) => this.#onPushed(code),
      lost: () => this.core.problem('push-lost'),
    });
    this.store = new Store(
      () => (typeof storage === 'string' ? openWebStorage(page, storage) : storage),
      name,
      () => this.core.problem('storage-blocked'),
    );
  }

  fetch(request: Request): Promise<Response> {
    return (this.options.fetch ?? globalThis.fetch)(request);
  }

  #coreHooks(now: () => number): CoreHooks {
    const { onUserChange } = this.options;
    return {
      now,
      changed: (held, source) => this.#changed(held, source),
      ended: (sid, reason, origin, refused) => {
        if (origin === 'other-tab') return;
        const rank = refused && { ver: refused.ver, exp: refused.exp, iat: refused.iat };
        this.tabs.post({ t: 'end', sid, reason, ...(rank && { refused: rank }) });
      },
      reload: onUserChange === 'event' ? null : () => this.page.location.reload(),
    };
  }

  #changed(held: Held | null, source: Source | 'end'): void {
    this.store.save(held && snapshotOf(held));
    if (!held) {
      this.ticker.pause();
      this.push.stop();
      return;
    }
    if (source === 'sign-in' || source === 'answer') this.handOff.tell();
    if (this.core.state === 'starting') return;
    this.ticker.settle('alive');
    if (this.options.push !== 'off') this.push.start();
  }

  /** A revoke may still fail after it was announced: the server is asked before anything ends. */
  async #onPushed(code: string): Promise<void> {
    this.#pushed = code;
    await this.ticker.ask();
    this.#pushed = null;
  }

  #hear(message: Message): void {
    const { core, handOff } = this;
    if (message.t === 'hello') handOff.answer(message.sid, message.rank);
    else if (message.t === 'token') {
      const isTaken = core.offer(message.held, 'other-tab');
      if (isTaken || core.state === 'starting') handOff.heard(false);
    } else if (message.t === 'busy') handOff.heard(true);
    else if (message.t === 'end') this.#hearEnd(message.sid, message.reason, message.refused);
    else this.push.hear(message);
  }

  #hearEnd(sid: string, reason: EndReason, refused: Rank | undefined): void {
    const current = this.core.held?.claims;
    // What was refused is not what counts here.
    if (current?.sid !== sid) this.core.forget(sid);
    else if (refused && isNewer(current, refused)) void this.ticker.ask();
    else this.core.end(reason, 'other-tab');
  }
}
