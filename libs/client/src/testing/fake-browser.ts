// A browser as far as the client knows one: tabs with a channel, storage and locks between them.
import type { Page } from '../page.js';

type Listener = ((event: { data: unknown }) => void) | null;

export class FakeBrowser {
  readonly local = new FakeStorage();
  readonly locks = new FakeLocks();
  readonly channels = new Set<{ name: string; page: FakePage; deliver: (data: unknown) => void }>();
  /** Every message, in order. */
  readonly posted: unknown[] = [];

  private readonly muted = new Set<FakePage>();

  /** A stopped tab posts nothing: its timers here go on. */
  mute(page: FakePage): void {
    this.muted.add(page);
  }

  unmute(page: FakePage): void {
    this.muted.delete(page);
  }

  isMuted(page: FakePage): boolean {
    return this.muted.has(page);
  }

  tab(origin = 'https://orders.example'): FakePage {
    return new FakePage(this, origin);
  }
}

export class FakeStorage {
  readonly items = new Map<string, string>();
  isBlocked = false;

  getItem(key: string): string | null {
    this.check();
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.check();
    this.items.set(key, value);
  }

  removeItem(key: string): void {
    this.check();
    this.items.delete(key);
  }

  private check(): void {
    if (this.isBlocked) throw new DOMException('blocked', 'SecurityError');
  }
}

export class FakePage extends EventTarget implements Page {
  reloads = 0;
  readonly sessionStorage = new FakeStorage();
  readonly document = { visibilityState: 'visible', baseURI: '' };
  readonly location: Page['location'];
  navigator: Page['navigator'];
  BroadcastChannel: Page['BroadcastChannel'];
  /** What came while the tab was stopped. */
  private waiting: (() => void)[] | null = null;

  constructor(
    readonly browser: FakeBrowser,
    origin: string,
  ) {
    super();
    this.location = {
      href: `${origin}/page`,
      origin,
      reload: () => {
        this.reloads++;
      },
    };
    this.document.baseURI = this.location.href;
    this.navigator = { locks: browser.locks.of(this) };
    this.BroadcastChannel = channelsOf(this);
  }

  get localStorage(): FakeStorage {
    return this.browser.local;
  }

  show(isShown: boolean): void {
    this.document.visibilityState = isShown ? 'visible' : 'hidden';
    // It bubbles from the document.
    this.dispatchEvent(new Event('visibilitychange'));
  }

  /** Nothing reaches a stopped tab until it goes on. */
  freeze(): void {
    this.waiting = [];
  }

  resume(): void {
    const waiting = this.waiting ?? [];
    this.waiting = null;
    for (const action of waiting) action();
  }

  get isFrozen(): boolean {
    return this.waiting !== null;
  }

  run(action: () => void): void {
    if (this.waiting) this.waiting.push(action);
    else action();
  }
}

/** The channels of one page's browser, as that page makes them. */
function channelsOf(page: FakePage): Page['BroadcastChannel'] {
  const { browser } = page;
  return class {
    onmessage: Listener = null;
    private readonly own;

    constructor(readonly name: string) {
      const deliver = (data: unknown): void => page.run(() => this.onmessage?.({ data }));
      this.own = { name, page, deliver };
      browser.channels.add(this.own);
    }

    postMessage(data: unknown): void {
      if (!browser.channels.has(this.own)) throw new DOMException('closed', 'InvalidStateError');
      if (browser.isMuted(page)) return;
      browser.posted.push(data);
      for (const other of browser.channels) {
        if (other === this.own || other.name !== this.name) continue;
        const copy: unknown = structuredClone(data);
        queueMicrotask(() => other.deliver(copy));
      }
    }

    close(): void {
      browser.channels.delete(this.own);
    }
  };
}

interface Holder {
  readonly page: FakePage;
  readonly reject: (error: Error) => void;
  grant: () => void;
}

/** Web Locks, as far as they are used: a queue, and stealing. */
export class FakeLocks {
  readonly queues = new Map<string, Holder[]>();
  private readonly held = new Map<string, Holder>();

  holder(name: string): FakePage | undefined {
    return this.held.get(name)?.page;
  }

  of(page: FakePage): NonNullable<Page['navigator']['locks']> {
    const request = (
      name: string,
      { signal, steal }: { signal?: AbortSignal; steal?: boolean },
      action: () => Promise<unknown>,
    ): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const own: Holder = { page, reject, grant: () => undefined };
        own.grant = () => {
          this.held.set(name, own);
          void action().then((value) => {
            if (this.held.get(name) === own) this.release(name);
            resolve(value);
          });
        };
        const queue = this.queues.get(name) ?? [];
        this.queues.set(name, queue);
        if (steal) {
          this.held.get(name)?.reject(new DOMException('stolen', 'AbortError'));
          own.grant();
        } else if (this.held.has(name)) {
          queue.push(own);
          signal?.addEventListener('abort', () => {
            const at = queue.indexOf(own);
            if (at < 0) return;
            queue.splice(at, 1);
            reject(new DOMException('aborted', 'AbortError'));
          });
        } else own.grant();
      });
    return { request } as never;
  }

  private release(name: string): void {
    this.held.delete(name);
    this.queues.get(name)?.shift()?.grant();
  }
}
