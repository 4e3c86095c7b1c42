// The server with the built dashboard, on the real clock, with accounts to work on and pages that tell
// what they should not have done.
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { SystemClock } from '@portcullis/auth';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { parseEnvironment } from '../../../../src/config/parse-environment.js';
import { createApp } from '../../../../src/create-app.js';
import { createLogger } from '../../../../src/http/request-log.js';
import { FirstAdministrator } from '../../../../src/start/first-administrator.js';
import { ApiClient } from '../../../support/api-client.js';
import { useBrowser } from '../../support/browser.js';

export const admin = { email: 'ada@example.com', password: 'correct horse battery staple' };
export const password = 'a long enough passphrase';

export interface Person {
  readonly id: string;
  readonly email: string;
}

export interface Dashboard {
  readonly url: string;
  readonly api: ApiClient;
  /** Of a session beside those of the pages. */
  readonly token: string;
  /** What the server logged. */
  readonly log: readonly string[];
  /** A new account, not signed in. */
  person: (email: string, more?: object) => Promise<Person>;
  /** A window of its own: other storage, another session. */
  context: (options?: BrowserContextOptions) => Promise<BrowserContext>;
  /** Signed in, at a place of the dashboard. */
  open: (path: string, options?: BrowserContextOptions) => Promise<Page>;
  /** For a test that provokes complaints: those of this kind are none. */
  forgive: (kind: RegExp) => void;
}

/** Of the whole suite; each page is closed after its test and must have complained of nothing. */
export function useDashboard(env: Readonly<Record<string, string>> = {}): () => Dashboard {
  const browser = useBrowser();
  const pages = new Pages(browser);
  let started: (Dashboard & { stop: () => Promise<void> }) | undefined;
  beforeAll(async () => {
    started = await start(env, pages);
  });
  afterEach(() => pages.closeAll());
  afterAll(() => started?.stop());
  return () => {
    if (!started) throw new Error('ask for the dashboard inside hooks and tests');
    return started;
  };
}

async function start(
  env: Readonly<Record<string, string>>,
  pages: Pages,
): Promise<Dashboard & { stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'portcullis-'));
  const environment = parseEnvironment({
    PORT: '0',
    ISSUER_URL: 'http://issuer.test',
    DATA_DIR: folder,
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
    THROTTLE: 'off',
    LOG_LEVEL: 'debug',
    ...env,
  });
  const log: string[] = [];
  const logger = createLogger(environment.logLevel, { write: (line) => void log.push(line) });
  const app = await createApp({ environment, clock: new SystemClock(), logger });
  await app.init();
  await app.get(FirstAdministrator).ensure();
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  pages.url = url;
  const api = new ApiClient(url);
  const token = await api.login(admin.email, admin.password);
  return {
    url,
    api,
    token,
    log,
    person: async (email, more = {}) => {
      const answer = await api.post('/admin/users', { email, password, ...more }, token);
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
      return { id: answer.body.user.id, email };
    },
    context: (options) => pages.context(options),
    open: (path, options) => pages.open(path, options),
    forgive: (kind) => pages.forgive(kind),
    stop: async () => {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What a page may say although nothing is wrong: a test that provokes a refusal finds it in the console. */
const ofRefusals = 'Failed to load resource';

class Pages {
  url = '';
  private readonly contexts: BrowserContext[] = [];
  private complaints: string[] = [];

  constructor(private readonly browser: () => Browser) {}

  async context(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await this.browser().newContext({ reducedMotion: 'reduce', ...options });
    context.setDefaultTimeout(30_000);
    this.contexts.push(context);
    context.on('page', (page) => this.watch(page));
    return context;
  }

  async open(path: string, options?: BrowserContextOptions): Promise<Page> {
    const page = await (await this.context(options)).newPage();
    await page.goto(`${this.url}/admin${path}`);
    await signIn(page);
    return page;
  }

  forgive(kind: RegExp): void {
    this.complaints = this.complaints.filter((one) => !kind.test(one));
  }

  async closeAll(): Promise<void> {
    const found = this.complaints;
    this.complaints = [];
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
    expect(found).toEqual([]);
  }

  /** D-19 and D-21, in every test: no fault in the console, no word to another host. */
  private watch(page: Page): void {
    page.on('console', (message) => {
      const isFault = ['error', 'warning'].includes(message.type());
      if (isFault && !message.text().includes(ofRefusals)) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (origin !== this.url && protocol !== 'blob:') this.complaints.push(request.url());
    });
  }
}

export async function signIn(page: Page, who = admin): Promise<void> {
  await page.getByLabel('E-mail address').fill(who.email);
  await page.getByLabel('Password', { exact: true }).fill(who.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('h1').waitFor();
  await page.getByLabel('E-mail address').waitFor({ state: 'detached' });
}

/** The row of a table that has this in it. */
export const rowOf = (page: Page, text: string): ReturnType<Page['locator']> =>
  page.locator('tbody tr').filter({ hasText: text });
