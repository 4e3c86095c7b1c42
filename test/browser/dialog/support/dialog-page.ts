// A page with the dialog on it, under a strict policy, as a browser sees it.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { useBrowser } from '../../support/browser.js';
import { bundledScript } from '../../support/bundled-script.js';

/** Nothing but the page's own files: no inline style or script, no text made into HTML. */
export const strictPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Orders</title><link rel="stylesheet" href="/page.css"></head>
<body><main><h1>Orders</h1><p>Your private orders.</p><label>Search <input id="search"></label>
<button id="other">Something else</button></main>
<script type="module" src="/page.js"></script></body></html>`;
const css =
  ':root { color-scheme: light dark; font-family: system-ui; } body { min-height: 150vh; }';

export interface DialogOptions extends BrowserContextOptions {
  /** Sets the page's clock going only when the test says so. */
  readonly clock?: boolean;
  /** Of `<html>`. */
  readonly attributes?: string;
}

export interface OpenPage {
  readonly page: Page;
  readonly dialog: Locator;
  readonly stay: Locator;
  readonly out: Locator;
  readonly message: Locator;
  readonly status: Locator;
  readonly problems: string[];
}

export const start = new Date('2026-01-01T12:00:00Z');

export function useDialogPage(): (options?: DialogOptions) => Promise<OpenPage> {
  const browser = useBrowser();
  let server: Server;
  beforeAll(async () => {
    const script = await bundledScript('test/browser/dialog/support/page-entry.ts');
    server = createServer((request, response) => {
      const [type, body] = request.url?.startsWith('/page.js')
        ? ['text/javascript', script]
        : request.url === '/page.css'
          ? ['text/css', css]
          : ['text/html', html.replace('lang="en"', attributesOf(request.url))];
      response.setHeader('content-type', type);
      response.setHeader('content-security-policy', strictPolicy);
      response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => void server.close());

  return async ({ clock = true, attributes = 'lang="en"', ...options } = {}) => {
    const context = await browser().newContext(options);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const problems: string[] = [];
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    if (clock) {
      await page.clock.install({ time: start });
      // Before the page is there: however long it takes to load, it begins at this time.
      await page.clock.pauseAt(start.getTime() + 60_000);
    }
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${String(port)}/?${encodeURIComponent(attributes)}`);
    await page.waitForFunction(() => 't' in window);
    const dialog = page.locator('session-timeout-dialog').locator('dialog');
    return {
      page,
      dialog,
      stay: dialog.locator('.primary'),
      out: dialog.locator('[part=out]'),
      message: dialog.locator('[part=message]'),
      status: dialog.locator('[part=status]'),
      problems,
    };
  };
}

const attributesOf = (url = ''): string => {
  const query = decodeURIComponent(url.split('?')[1] ?? '');
  return query === '' ? 'lang="en"' : query;
};

/** Tells the page's client to warn, so many milliseconds before the end. */
export async function warn(page: Page, idleMs: number, absoluteMs?: number): Promise<void> {
  await page.evaluate(([idle, absolute]) => window.t.fake.warn(idle, absolute), [
    idleMs,
    absoluteMs,
  ] as [number, number | undefined]);
}

export const activeId = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const active = document.activeElement;
    const inner = active?.shadowRoot?.activeElement;
    return inner?.getAttribute('part') ?? `${active?.id ?? ''} ${active?.localName ?? ''}`.trim();
  });

export async function expectOpen({ dialog }: OpenPage): Promise<void> {
  await dialog.waitFor({ state: 'visible' });
}

export async function expectClosed({ page, dialog }: OpenPage): Promise<void> {
  await dialog.waitFor({ state: 'hidden' });
  expect(await page.evaluate(() => window.t.element.open)).toBe(false);
}

export interface Accessible {
  readonly role: string;
  readonly name: string;
  readonly description: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

interface RawNode {
  readonly ignored: boolean;
  readonly role?: { value: string };
  readonly name?: { value: string };
  readonly description?: { value: string };
  readonly properties?: { name: string; value: { value: unknown } }[];
}

/** What assistive technology gets to see: an inert page is not in it. */
export async function accessibilityTree(page: Page): Promise<readonly Accessible[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: RawNode[] };
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, description, properties = [] }) => ({
      role: role?.value ?? '',
      name: name?.value ?? '',
      description: description?.value ?? '',
      properties: Object.fromEntries(properties.map((one) => [one.name, one.value.value])),
    }));
}
