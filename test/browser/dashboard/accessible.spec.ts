// D-08, D-10, D-11, D-12: every screen and state for whoever uses no mouse, no colours, no large screen.
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '../../support/eventually.js';
import { describeWithChromium } from '../../support/services/describe-with.js';
import { expectAccessible } from './support/axe.js';
import { admin, password, rowOf, signIn, useDashboard, type Person } from './support/dashboard.js';

const screens: readonly (readonly [string, string, string])[] = [
  ['overview', '/', 'Overview'],
  ['users', '/users', 'Users'],
  ['users, nothing found', '/users?search=nobody-has-this', 'Users'],
  ['no such user', '/users/nobody', 'No such user'],
  ['sessions', '/sessions', 'Sessions'],
  ['applications', '/applications', 'Applications'],
  ['signing keys', '/keys', 'Signing keys'],
  ['audit log', '/audit', 'Audit log'],
  ['audit log, nothing found', '/audit?actor=nobody', 'Audit log'],
  ['live events', '/events', 'Live events'],
  ['system', '/system', 'System'],
  ['no such page', '/nowhere', 'No such page'],
];

describeWithChromium('the dashboard, however it is used', () => {
  const dashboard = useDashboard();
  let mia: Person;

  beforeAll(async () => {
    const { api, person, token } = dashboard();
    mia = await person('mia@example.com', { displayName: 'Mia Berg' });
    await api.login(mia.email, password);
    const ben = await person('ben@example.com');
    await api.post(`/admin/users/${ben.id}/suspend`, { reason: 'fraud' }, token);
    await api.patch(`/admin/users/${ben.id}`, { roles: ['support'] }, token);
  });

  const go = async (page: Page, path: string, heading: string): Promise<void> => {
    await page.goto(`${dashboard().url}/admin${path}`);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await page.locator('.loading').first().waitFor({ state: 'detached' });
  };

  describe('D-10: axe finds nothing', () => {
    it('on any screen', async () => {
      const page = await dashboard().open('/');
      for (const [name, path, heading] of screens) {
        await go(page, path, heading);
        await expectAccessible(page, name);
      }
      await go(page, `/users/${mia.id}`, mia.email);
      await expectAccessible(page, 'one user');
    }, 90_000);

    it('on the sign-in form, with a fault, and for who is no administrator', async () => {
      const page = await (await dashboard().context()).newPage();
      await page.goto(`${dashboard().url}/admin/`);
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      await expectAccessible(page, 'sign in');
      await page.getByLabel('E-mail address').fill(admin.email);
      await page.getByLabel('Password', { exact: true }).fill('not the password');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('The e-mail address or the password is wrong.').waitFor();
      await expectAccessible(page, 'sign in, refused');
      await signIn(page, { email: mia.email, password });
      await page.getByRole('heading', { name: 'Administrators only' }).waitFor();
      await expectAccessible(page, 'no administrator');
    });

    it('with rows selected, a menu open, a dialog open, its result, and a refusal', async () => {
      const page = await dashboard().open('/users');
      await page.getByLabel(`Select ${mia.email}`).check();
      await expectAccessible(page, 'a row selected');
      await page.getByRole('button', { name: `Actions for ${mia.email}` }).click();
      await page.getByRole('menu').waitFor();
      await expectAccessible(page, 'row menu');
      await page.getByRole('menuitem', { name: 'Sign out everywhere…' }).click();
      await page.getByRole('dialog').waitFor();
      await page.getByRole('button', { name: 'Sign out everywhere', exact: true }).click();
      await page.getByText('Say why').waitFor();
      await expectAccessible(page, 'dialog, reason missing');
      await page.getByLabel('Reason').fill('lost a laptop');
      await page.getByRole('button', { name: 'Sign out everywhere', exact: true }).click();
      await page.getByText('In force on').waitFor();
      await expectAccessible(page, 'result');
      await page.getByRole('button', { name: 'Done' }).click();
      for (const name of [/^Colours/, /ada@example\.com/]) {
        await page.getByRole('banner').getByRole('button', { name }).click();
        await page.getByRole('menu').waitFor();
        await expectAccessible(page, `menu ${String(name)}`);
        await page.keyboard.press('Escape');
        await page.getByRole('menu').waitFor({ state: 'detached' });
      }
    }, 90_000);

    it('with forms, details and counts open', async () => {
      const page = await dashboard().open('/users');
      await page.getByRole('button', { name: 'Add user' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Add the user' }).click();
      await page.getByRole('dialog').getByText('must be').first().waitFor();
      await expectAccessible(page, 'add a user, refused');
      await go(page, '/applications', 'Applications');
      await page.getByRole('button', { name: 'Actions for Default application' }).click();
      await page.getByRole('menuitem', { name: 'Edit…' }).click();
      await page.getByRole('dialog').waitFor();
      await expectAccessible(page, 'edit an application');
      await go(page, '/audit?action=user.update', 'Audit log');
      await page.getByRole('button', { name: /^Details of/ }).click();
      await page.getByText('What changed').waitFor();
      await expectAccessible(page, 'audit details');
      await go(page, '/', 'Overview');
      await page.getByText('The numbers as a table').first().click();
      await expectAccessible(page, 'a chart’s table');
      await go(page, '/system', 'System');
      await page.getByRole('button', { name: 'Sign everybody out…' }).click();
      await page.getByLabel(/^Type \d+ to confirm/).waitFor();
      await expectAccessible(page, 'count to be typed');
    }, 90_000);

    it('offline, and when the server fails', async () => {
      const page = await dashboard().open('/keys');
      await page.route('**/admin/users?**', (route) => route.abort());
      await page.getByRole('link', { name: 'Users' }).click();
      await page.getByText('The server cannot be reached').waitFor();
      await expectAccessible(page, 'offline');
      const body = { title: 'Unavailable', detail: 'The database cannot be reached.', status: 503 };
      await page.route('**/admin/audit?**', (route) =>
        route.fulfill({ status: 503, json: { ...body, code: 'unavailable' } }),
      );
      await page.getByRole('link', { name: 'Audit log' }).first().click();
      await page.getByText('The server cannot answer now').waitFor();
      await expectAccessible(page, 'server error');
    });
  });

  it('D-08: a user is suspended by keyboard alone, and the focus comes back', async () => {
    const ivo = await dashboard().person('ivo@example.com');
    const page = await dashboard().open('/keys');
    const { keyboard } = page;
    await keyboard.press('/');
    await page.getByRole('heading', { name: 'Users', exact: true }).waitFor();
    await page.locator('#search:focus').waitFor();
    await keyboard.type('ivo@');
    await rowOf(page, mia.email).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: `Actions for ${ivo.email}` }).focus();
    await keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Suspend…' }).waitFor();
    await page.locator('[role=menuitem]:focus', { hasText: 'Suspend…' }).waitFor();
    await keyboard.press('Enter');
    await page.locator('textarea:focus').waitFor();
    await keyboard.type('by keyboard');
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await page.getByText('In force on').waitFor();
    await page.locator('button:focus', { hasText: 'Done' }).waitFor();
    await keyboard.press('Enter');
    await page.locator(`button[aria-label="Actions for ${ivo.email}"]:focus`).waitFor();
    await rowOf(page, ivo.email).getByText('Suspended').waitFor();
  });

  it('D-08: skip link, focus on the heading after a change of screen, and `?` for the keys', async () => {
    const page = await dashboard().open('/');
    await page.reload();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await focusedText(page)).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.getByRole('link', { name: 'Sessions', exact: true }).click();
    await page.locator('h1:focus', { hasText: 'Sessions' }).waitFor();
    expect(await page.title()).toBe('Sessions · Portcullis');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('D-08: no key alone changes anything', async () => {
    const page = await dashboard().open(`/users/${mia.id}`);
    await page.getByRole('heading', { name: mia.email }).waitFor();
    const changes: string[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'GET') changes.push(`${request.method()} ${request.url()}`);
    });
    await page.locator('h1').focus();
    for (const key of 'abcdefghijklmnopqrstuvwxyz0123456789') await page.keyboard.press(key);
    await page.keyboard.press('Delete');
    await page.keyboard.press('Backspace');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(changes).toEqual([]);
  });

  it('D-11: in forced colours one sees where one is and what is selected', async () => {
    const page = await dashboard().open('/users', { forcedColors: 'active' });
    await page.getByLabel(`Select ${mia.email}`).check();
    const style = (selector: string, name: string): Promise<string> =>
      page.evaluate(
        ([found, property]) => {
          const element = document.querySelector(found);
          return element ? getComputedStyle(element).getPropertyValue(property) : 'missing';
        },
        [selector, name] as const,
      );
    expect(await style('.shell-link[aria-current]', 'text-decoration-line')).toBe('underline');
    expect(await style('.shell-link:not([aria-current])', 'text-decoration-line')).toBe('none');
    // Not in the first moment: with reduced motion every change takes a millisecond.
    await eventually(async () =>
      expect(await style('tr[aria-selected=true] > td', 'border-bottom-width')).toBe('2px'),
    );
    expect(await style('tr[aria-selected=false] > td', 'border-bottom-width')).toBe('1px');
  });

  // 1280 × 1024 at 400 % is as wide as a phone of 320 px, and lower.
  it('D-12: at 320 px and at 400 % nothing but a table scrolls sideways', async () => {
    const page = await dashboard().open('/', { viewport: { width: 320, height: 256 } });
    for (const [name, path, heading] of [
      ...screens,
      ['one user', `/users/${mia.id}`, mia.email] as const,
    ]) {
      await go(page, path, heading);
      const [wide, seen] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      expect([name, wide]).toEqual([name, seen]);
    }
    await go(page, '/users', 'Users');
    const box = page.getByRole('region', { name: 'Users' });
    expect(await box.evaluate((one) => one.scrollWidth > one.clientWidth)).toBe(true);
    await page.getByRole('button', { name: 'Navigation' }).click();
    await page.getByRole('link', { name: 'System', exact: true }).click();
    await page.getByRole('heading', { name: 'System' }).waitFor();
  });
});

const focusedText = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.activeElement?.textContent.trim());
