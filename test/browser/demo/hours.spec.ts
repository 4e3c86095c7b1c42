// Hours in a page, by two clocks that a test moves: the server's and the browser's. Rows T-01, T-02, T-06,
// T-07, T-12, T-16 and T-20 through the real client and the real server, and who is signed out when.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Locator, Page, Request } from 'playwright-core';
import {
  adminEmail,
  adminPassword,
  createTestApp,
  type TestApp,
} from '../../support/create-test-app.js';
import { eventually } from '../../support/eventually.js';
import { describeWithChromium } from '../../support/services/describe-with.js';
import { useBrowser } from '../support/browser.js';
import { serveBuiltApp, type BuiltApp } from './support/built-apps.js';

const password = 'a long enough passphrase';
const [second, minute, hour] = [1000, 60_000, 3_600_000];
let people = 0;

interface Open {
  readonly page: Page;
  readonly dialog: Locator;
  readonly id: string;
  readonly email: string;
  /** Requests that went out, by their path. */
  readonly sent: string[];
  /** Both clocks, in steps. */
  pass(ms: number, step?: number, each?: () => Promise<void>): Promise<void>;
}

describeWithChromium('hours in a page', () => {
  const browser = useBrowser();
  let server: TestApp;
  let app: BuiltApp;
  let admin: string;
  beforeAll(async () => {
    [server, app] = await Promise.all([createTestApp(), serveBuiltApp()]);
    admin = await server.api.login(adminEmail, adminPassword);
    const body = { id: 'orders', name: 'Orders', allowedOrigins: [app.origin] };
    const short = { ...body, id: 'half-an-hour', sessionTtl: 1800 };
    for (const made of [body, short]) {
      expect((await server.api.post('/admin/applications', made, admin)).status).toBe(201);
    }
  });
  afterAll(async () => {
    await server.close();
    await app.close();
  });

  async function open(application = 'orders'): Promise<Open> {
    app.config = {
      name: 'Orders',
      application,
      server: server.url,
      ordersService: server.url,
      other: { name: 'Billing', url: app.origin },
      signsOutEverywhere: true,
      idleSeconds: 600,
      sessionSeconds: 28_800,
      administrator: { email: adminEmail, password: adminPassword },
    };
    const email = `hours${String(++people)}@example.com`;
    const id = await server.api.register(email, password);
    const context = await browser().newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const sent: string[] = [];
    const underWay = new Set<Request>();
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      sent.push(pathname);
      if (pathname !== '/auth/session/events') underWay.add(request);
    });
    page.on('requestfinished', (request) => void underWay.delete(request));
    page.on('requestfailed', (request) => void underWay.delete(request));
    // The orders service of the demo has a clock of its own: the server answers in its place.
    await page.route(`${server.url}/orders`, async (route) => {
      try {
        const response = await route.fetch({ url: `${server.url}/users/me` });
        await route.fulfill(response.ok() ? { response, json: { orders: [] } } : { response });
      } catch {
        // The page was closed meanwhile.
      }
    });
    await page.clock.install({ time: server.clock.now() });
    await page.clock.pauseAt(server.clock.now() + second);
    server.clock.advance(second);
    await page.goto(app.origin);
    await eventually(async () => {
      await page.clock.runFor(50);
      return (await page.locator('form').count()) > 0;
    });
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.locator('textarea').waitFor();
    // The page's first request is somebody's: answered a step later, it would begin the time anew.
    await eventually(() => sent.includes('/orders') && underWay.size === 0, 30_000);
    const pass = async (
      ms: number,
      step = 10 * second,
      each?: () => Promise<void>,
    ): Promise<void> => {
      for (let gone = 0; gone < ms; gone += step) {
        server.clock.advance(step);
        await page.clock.runFor(step);
        // An answer that comes after many steps would tell of a time long over.
        await eventually(() => underWay.size === 0, 30_000);
        await each?.();
      }
    };
    return { page, dialog: page.getByRole('alertdialog'), id, email, sent, pass };
  }

  const isSignedOut = async (page: Page): Promise<boolean> =>
    (await page.locator('textarea').count()) === 0;
  /** What the client waits for, other tabs' answers, goes by the page's clock. */
  const untilSignedOut = (page: Page): Promise<void> =>
    eventually(async () => {
      await page.clock.runFor(50);
      return isSignedOut(page);
    });

  it('signs an idle tab out on time, though it polls every five seconds, and warns before (T-01)', async () => {
    const { page, dialog, sent, pass } = await open();
    await pass(470 * second);
    expect(await dialog.count()).toBe(0);
    await pass(15 * second, second);
    await dialog.waitFor();
    expect(await dialog.innerText()).toMatch(/in 1 minute, 5\d seconds|in 2 minutes/);
    await pass(110 * second, 5 * second);
    expect(await isSignedOut(page)).toBe(false);
    await pass(15 * second, 5 * second);
    await untilSignedOut(page);
    expect(await page.locator('.note').innerText()).toContain(
      'because you did not use the page for 10 minutes',
    );
    expect(sent.filter((path) => path === '/orders').length).toBeGreaterThan(50);
    await page.context().close();
  });

  it('keeps somebody who types for an hour, and warns them never', async () => {
    const { page, dialog, sent, pass } = await open();
    let warnings = 0;
    await page.locator('textarea').focus();
    await pass(hour, 20 * second, async () => {
      await page.keyboard.press('a');
      warnings += await dialog.count();
    });
    expect(await isSignedOut(page)).toBe(false);
    expect(warnings).toBe(0);
    const extended = sent.filter((path) => path === '/auth/session/extend').length;
    expect(extended).toBeGreaterThan(5);
    expect(extended).toBeLessThanOrEqual(120);
    await page.context().close();
  });

  it('T-02 does not warn when the server knows of more time', async () => {
    const { page, dialog, pass } = await open();
    await pass(300 * second);
    // This machine's clock runs ahead: by it, less than two minutes are left.
    const asked = page.waitForResponse((response) => response.url().endsWith('/auth/session'), {
      timeout: 60_000,
    });
    await page.clock.runFor(181 * second);
    expect((await asked).request().headers()['session-activity']).toBe('passive');
    await pass(5 * second, second);
    expect(await dialog.count()).toBe(0);
    expect(await isSignedOut(page)).toBe(false);
    await page.context().close();
  });

  it('T-06 stays signed in as often as the button is pressed', async () => {
    const { page, dialog, pass } = await open();
    for (let round = 0; round < 3; round++) {
      await pass(490 * second);
      await dialog.waitFor();
      await page.getByRole('button', { name: 'Stay signed in' }).click();
      await dialog.waitFor({ state: 'hidden' });
    }
    expect(await isSignedOut(page)).toBe(false);
    await page.context().close();
  });

  it('T-12 shows the signed-out page, and no second dialog, when “Stay” comes too late', async () => {
    const { page, dialog, pass } = await open();
    await pass(490 * second);
    await dialog.waitFor();
    // The server's clock goes on while this page stands still.
    server.clock.advance(150 * second);
    await page.getByRole('button', { name: 'Stay signed in' }).click();
    await untilSignedOut(page);
    expect(await dialog.count()).toBe(0);
    await page.context().close();
  });

  it('T-11 covers the page when nobody can be asked, also while “Stay signed in” is', async () => {
    const { page, dialog, pass } = await open();
    await pass(490 * second);
    await dialog.waitFor();
    const backdrop = (): Promise<string> =>
      dialog.evaluate((element) => getComputedStyle(element, '::backdrop').backgroundColor);
    expect(await backdrop()).toMatch(/^rgba/);
    await page.route(`${server.url}/**`, (route) => route.abort());
    await pass(115 * second, 5 * second);
    await dialog.getByText('cannot be reached').first().waitFor();
    expect(await backdrop()).toMatch(/^rgb\(/);
    // A server that takes the request, and its time.
    let giveUp = (): void => undefined;
    const isAway = new Promise<void>((resolve) => (giveUp = resolve));
    await page.route(`${server.url}/auth/session/extend`, (route) =>
      isAway.then(() => route.abort()),
    );
    await page.getByRole('button', { name: 'Stay signed in' }).click();
    await dialog.getByText('Keeping you signed in…').waitFor();
    expect(await backdrop()).toMatch(/^rgb\(/);
    giveUp();
    await dialog.getByText('Keeping you signed in…').waitFor({ state: 'hidden' });
    await dialog.getByText('cannot be reached').first().waitFor();
    expect(await backdrop()).toMatch(/^rgb\(/);
    await page.context().close();
  });

  it('leads back online from the dialog that covers the switch, and says so at the sign-in', async () => {
    const { page, dialog, pass } = await open();
    await page.getByRole('button', { name: 'Go offline' }).click();
    await pass(610 * second);
    await dialog.getByText('cannot be reached').first().waitFor();
    await page.locator('session-timeout-dialog').getByRole('button', { name: 'Go online' }).click();
    await untilSignedOut(page);
    await page.getByRole('button', { name: 'Go offline' }).click();
    await page.getByLabel('E-mail address').fill('somebody@example.com');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('The server cannot be reached at the moment.').waitFor();
    await page.context().close();
  });

  it('T-16 shuts the page at once when the user is suspended while the dialog is open', async () => {
    const { page, dialog, id, pass } = await open();
    await pass(490 * second);
    await dialog.waitFor();
    admin = await server.api.login(adminEmail, adminPassword);
    await server.api.post(`/admin/users/${id}/suspend`, { reason: 'fraud' }, admin);
    await untilSignedOut(page);
    expect(await dialog.count()).toBe(0);
    expect(await page.locator('.note').innerText()).toContain('by an administrator');
    await page.context().close();
  });

  it('T-20 has ended the session though the page slept, and the next request tells', async () => {
    const { page } = await open();
    server.clock.advance(601 * second);
    await page.getByRole('button', { name: 'Send 30 requests at once' }).click();
    await untilSignedOut(page);
    await page.context().close();
  });

  it('T-07 warns five minutes before the longest time is over, and lets work be saved', async () => {
    const { page, dialog, pass } = await open('half-an-hour');
    const press = async (): Promise<void> => {
      await page.keyboard.press('a');
    };
    await page.locator('textarea').focus();
    await pass(24 * minute, 20 * second, press);
    expect(await dialog.count()).toBe(0);
    await pass(70 * second);
    await dialog.waitFor();
    expect(await dialog.innerText()).toContain('Save your work');
    expect(await dialog.innerText()).not.toContain('Stay signed in');
    await page.getByRole('button', { name: 'Go back and save' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await pass(5 * minute);
    await untilSignedOut(page);
    expect(await page.locator('.note').innerText()).toContain('Please sign in again.');
    await page.context().close();
  }, 120_000);
});
