// One browser, one server, one time: what a unit test of the client plays in.
import { Client } from '../client.js';
import type { SessionClientOptions } from '../session-client.js';
import type { SessionEventMap } from '../session-events.js';
import { FakeBrowser, type FakePage } from './fake-browser.js';
import { base, FakeServer } from './fake-server.js';
import { TestTime, type FakeTimers } from './test-time.js';

const types = [
  'statechange',
  'signedin',
  'token',
  'warning',
  'extended',
  'ended',
  'userchanged',
  'problem',
] as const satisfies readonly (keyof SessionEventMap)[];

export interface TestTab {
  readonly client: Client;
  readonly page: FakePage;
  /** What it said, in order. */
  readonly heard: { readonly type: keyof SessionEventMap; readonly event: object }[];
  of<K extends keyof SessionEventMap>(type: K): SessionEventMap[K][];
  signIn(email?: string): Promise<void>;
}

export class World {
  readonly time: TestTime;
  readonly server: FakeServer;
  readonly browser = new FakeBrowser();
  private readonly tabs: TestTab[] = [];

  constructor(private readonly timers: FakeTimers) {
    this.time = new TestTime(timers);
    this.server = new FakeServer(this.time);
    // Half a second past a second: whole seconds in tokens are a little old.
    timers.useFakeTimers({
      now: 1_750_000_000_500,
      doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'],
    });
  }

  close(): void {
    for (const { client } of this.tabs) client.close();
    this.timers.useRealTimers();
  }

  tab(options: Partial<SessionClientOptions> = {}, page = this.browser.tab()): TestTab {
    const client = new Client(
      { baseUrl: base, clock: this.time.clock, fetch: this.server.fetch, ...options },
      page,
    );
    const heard: { type: keyof SessionEventMap; event: object }[] = [];
    for (const type of types) client.on(type, (event) => heard.push({ type, event }));
    const tab: TestTab = {
      client,
      page,
      heard,
      of: (type) => heard.filter((one) => one.type === type).map(({ event }) => event) as never,
      signIn: async (email = 'mia@example.com') => {
        const signedIn = client.signIn({ email, password: 'a long enough passphrase' });
        await this.time.pass(0);
        await signedIn;
      },
    };
    this.tabs.push(tab);
    return tab;
  }

  /** A tab that is ready. */
  async open(options: Partial<SessionClientOptions> = {}, page?: FakePage): Promise<TestTab> {
    const tab = this.tab(options, page);
    // Other tabs are asked, then the server, whose refusal makes it ask the tabs once more.
    await this.time.pass(150);
    await tab.client.ready;
    return tab;
  }

  /** A tab that is ready, with a session. */
  async signedIn(options: Partial<SessionClientOptions> = {}): Promise<TestTab> {
    const tab = await this.open(options);
    await tab.signIn();
    return tab;
  }
}
