// A real server, pages on two origins, and tabs that hold the built client.
import type { BrowserContext, Page } from 'playwright-core';
import type { SessionClientOptions, SessionRequestInit } from '@portcullis/client';
import {
  adminEmail,
  adminPassword,
  createTestApp,
  type TestApp,
} from '../../support/create-test-app.js';
import type { Heard, TestWindow } from '../client/page.js';
import { startPages, type Route, type TestPages } from './pages.js';
import { RunningClock } from './running-clock.js';

export const password = 'a long enough passphrase';
export const application = 'web';

export interface ClientWorld {
  readonly server: TestApp;
  readonly clock: RunningClock;
  readonly admin: string;
  readonly orders: TestPages;
  readonly billing: TestPages;
  /** A service of the application's own, on a third origin. */
  readonly service: TestPages;
  /** A new account; its address and id. */
  account(): Promise<{ email: string; id: string }>;
  close(): Promise<void>;
}

export interface Policy {
  readonly accessTokenTtl?: number;
  readonly refreshAfter?: number;
  readonly sessionTtl?: number;
  readonly warnBefore?: number;
}

let accounts = 0;

/** What a service of an application may answer to a page on another origin, by its path. */
const serviceRoute: Route = (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://service');
  if (!['/echo', '/silent', '/own-401', '/no-cors', '/to'].includes(pathname)) return false;
  if (pathname !== '/no-cors') {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', 'authorization, session-activity');
  }
  const { authorization = null } = request.headers;
  if (request.method === 'OPTIONS') response.statusCode = 204;
  else if (pathname === '/own-401') response.statusCode = 401;
  else if (pathname === '/to') {
    response.writeHead(302, { location: searchParams.get('url') ?? '/' });
  }
  response.end(JSON.stringify({ authorization }));
  return true;
};

export async function startWorld(policy: Policy = {}): Promise<ClientWorld> {
  const clock = new RunningClock();
  const [server, orders, billing, service] = await Promise.all([
    createTestApp({ clock: clock as never }),
    startPages('127.0.0.1'),
    startPages('localhost', serviceRoute),
    startPages('127.0.0.1', serviceRoute),
  ]);
  const admin = await server.api.login(adminEmail, adminPassword);
  const allowedOrigins = [orders.origin, billing.origin];
  const made = { id: application, name: 'Web', allowedOrigins, ...policy };
  const { status, body } = await server.api.post('/admin/applications', made, admin);
  if (status !== 201) throw new Error(`no application: ${JSON.stringify(body)}`);
  return {
    server,
    clock,
    admin,
    orders,
    billing,
    service,
    account: async () => {
      const email = `user${String(++accounts)}@example.com`;
      return { email, id: await server.api.register(email, password) };
    },
    close: async () => {
      await Promise.all([server.close(), orders.close(), billing.close(), service.close()]);
    },
  };
}

/** A tab with a client; every page function sees `client` and `heard`. */
export class Tab {
  constructor(readonly page: Page) {}

  static async open(
    context: BrowserContext,
    world: ClientWorld,
    options: Partial<SessionClientOptions> = {},
    origin = world.orders.origin,
  ): Promise<Tab> {
    const page = await context.newPage();
    await page.goto(addressOf(world, options, origin));
    const tab = new Tab(page);
    await tab.run(({ client }) => client.ready);
    return tab;
  }

  run<T>(action: (window: TestWindow) => T | Promise<T>): Promise<T>;
  run<T, A>(action: (window: TestWindow, given: A) => T | Promise<T>, given: A): Promise<T>;
  run<T, A>(action: (window: TestWindow, given: A) => T | Promise<T>, given?: A): Promise<T> {
    // The function goes to the page as text: it sees nothing of the test but what it is given.
    const call = `((given) => (${action.toString()})(globalThis, given))`;
    return this.page.evaluate(
      // eslint-disable-next-line @typescript-eslint/no-implied-eval -- this is how a page function travels
      new Function('given', `return ${call}(given)`) as (given: unknown) => Promise<T>,
      given,
    );
  }

  /** A request through the client: status, and the body as text. */
  fetch(url: string, init: SessionRequestInit = {}): Promise<{ status: number; text: string }> {
    return this.run(
      async ({ client }, given) => {
        const response = await client.fetch(given.url, given.init);
        return { status: response.status, text: await response.text() };
      },
      { url, init },
    );
  }

  signIn(email: string): Promise<string> {
    return this.run(async ({ client }, given) => (await client.signIn(given)).id, {
      email,
      password,
    });
  }

  state(): Promise<string> {
    return this.run(({ client }) => client.state);
  }

  heard(type: Heard['type']): Promise<Heard[]> {
    return this.run(({ heard }, wanted) => heard.filter((one) => one.type === wanted), type);
  }

  /** Resolves when the page function says true; looked at 20 times a second at least. */
  async until<A>(
    condition: (window: TestWindow, given: A) => boolean,
    given?: A,
    ms = 10_000,
  ): Promise<void> {
    const text = `(given) => (${condition.toString()})(globalThis, given)`;
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- as above
    const wanted = new Function('given', `return (${text})(given)`) as (given: unknown) => boolean;
    await this.page.waitForFunction(wanted, given, { timeout: ms, polling: 20 });
  }

  untilState(state: string, ms?: number): Promise<void> {
    return this.until(({ client }, wanted) => client.state === wanted, state, ms);
  }
}

export function addressOf(
  world: ClientWorld,
  options: Partial<SessionClientOptions>,
  origin = world.orders.origin,
): string {
  const all = { baseUrl: world.server.url, application, ...options };
  return `${origin}/#client=${encodeURIComponent(JSON.stringify(all))}`;
}
