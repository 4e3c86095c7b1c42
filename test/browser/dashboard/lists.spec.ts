// D-01, D-02, D-09, D-13, D-16, D-17: lists that can be searched, shared, read aloud and taken away.
import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Page, Request } from 'playwright-core';
import { eventually } from '../../support/eventually.js';
import { describeWithChromium } from '../../support/services/describe-with.js';
import { password, rowOf, useDashboard } from './support/dashboard.js';

const people = 28;

describeWithChromium('the dashboard’s lists', () => {
  const dashboard = useDashboard();

  beforeAll(async () => {
    const { person, api } = dashboard();
    await person('formula@example.com', { displayName: '=1+1' });
    for (let number = 10; number < 10 + people; number++) {
      const role = number % 2 === 0 ? ['support'] : [];
      await person(`p${String(number)}@example.com`, { roles: role });
    }
    await api.login('p10@example.com', password);
  });

  const firstCells = (page: Page): Promise<string[]> =>
    page.locator('tbody th a').evaluateAll((links) => links.map(({ textContent }) => textContent));

  /** The address changes a moment before the page does. */
  const shows = (page: Page, cells: readonly string[]): Promise<void> =>
    eventually(async () => expect(await firstCells(page)).toEqual(cells));

  const settled = async (page: Page): Promise<void> => {
    await page.locator('table[aria-busy=false]').first().waitFor();
  };

  describe('D-01: what a list shows is in its address', () => {
    it('search, filter, order and size: the same after a reload, in another tab, and on the way back', async () => {
      const page = await dashboard().open('/users');
      await page.getByLabel('Search').fill('p1');
      await page.waitForURL(/search=p1/);
      await page.getByRole('button', { name: 'User', exact: true }).click();
      await page.waitForURL(/sort=email/);
      await page.getByLabel('Rows on a page').selectOption('25');
      await page.waitForURL(/size=25/);
      await eventually(async () => expect((await firstCells(page))[0]).toBe('p10@example.com'));
      const shown = await firstCells(page);
      expect(shown).toHaveLength(10);

      await page.reload();
      await settled(page);
      expect(await firstCells(page)).toEqual(shown);
      expect(await page.getByLabel('Search').inputValue()).toBe('p1');

      const other = await page.context().newPage();
      await other.goto(page.url());
      await settled(other);
      expect(await firstCells(other)).toEqual(shown);

      await page.getByRole('link', { name: 'p12@example.com' }).click();
      await page.getByRole('heading', { name: 'p12@example.com' }).waitFor();
      await page.goBack();
      await shows(page, shown);
    });

    it('the page: forth, back and again after a reload', async () => {
      const page = await dashboard().open('/users?sort=email&size=25');
      await settled(page);
      const first = await firstCells(page);
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByText('26–30 of 30 users').waitFor();
      const second = await firstCells(page);
      expect(second.filter((one) => first.includes(one))).toEqual([]);
      expect(page.url()).toMatch(/page=2/);
      await page.reload();
      await page.getByText('26–30 of 30 users').waitFor();
      expect(await firstCells(page)).toEqual(second);
      await page.getByRole('button', { name: 'Previous' }).click();
      await page.getByText('1–25 of 30 users').waitFor();
      expect(await firstCells(page)).toEqual(first);
    });

    it('a new search begins on the first page, and the size is remembered', async () => {
      const page = await dashboard().open('/users?size=25');
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByText('26–30 of 30').waitFor();
      await page.getByLabel('Status').selectOption('active');
      await page.getByText('1–25 of 30').waitFor();
      expect(page.url()).not.toMatch(/cursor|page/);
      await page.getByLabel('Rows on a page').selectOption('100');
      await page.waitForURL(/size=100/);
      await page.getByRole('link', { name: 'System', exact: true }).click();
      await page.getByRole('heading', { name: 'System' }).waitFor();
      await page.getByRole('link', { name: 'Users', exact: true }).click();
      await page.getByText('1–30 of 30').waitFor();
    });
  });

  describe('D-02: typing', () => {
    const searches = (page: Page): string[] => {
      const found: string[] = [];
      page.on('request', (request: Request) => {
        const term = new URL(request.url()).searchParams.get('search');
        if (request.url().includes('/admin/users?') && term !== null) found.push(term);
      });
      return found;
    };

    it('asks once, when it rests; the former rows stay meanwhile and the range is told', async () => {
      const page = await dashboard().open('/users');
      await settled(page);
      const found = searches(page);
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      await page.route('**/admin/users?**search=**', async (route) => {
        await held;
        await route.continue();
      });
      // The page's time stands while it is typed: a slow machine does not rest where a person does not.
      await page.clock.install();
      await page.clock.pauseAt(Date.now() + 10_000);
      await page.getByLabel('Search').focus();
      for (const letter of 'formula') {
        await page.keyboard.press(letter);
        await page.clock.runFor(200);
      }
      expect(found).toEqual([]);
      await page.clock.resume();
      await page.locator('table[aria-busy=true]').waitFor();
      expect((await firstCells(page)).length).toBeGreaterThan(20);
      release();
      await page.getByRole('status').getByText('1–1 of 1 users').waitFor();
      expect(await firstCells(page)).toEqual(['formula@example.com']);
      expect(found).toEqual(['formula']);
    });

    it('shows what was asked for wherever the pointer rests, and marks no more than that', async () => {
      const page = await dashboard().open('/users?sort=email');
      await settled(page);
      await rowOf(page, 'p12@example.com').hover();
      // One that is in both lists: its neighbours go all the same.
      await page.getByLabel('Search').fill('p12');
      await page.getByText('1–1 of 1 users').waitFor();
      expect(await firstCells(page)).toEqual(['p12@example.com']);
      await page.getByLabel('Select all on this page').focus();
      await page.keyboard.press('Space');
      expect(await page.locator('tbody input:checked').count()).toBe(1);
      await page.getByText('1 selected').waitFor();

      await page.getByLabel('Search').fill('p1');
      await page.getByText('1–10 of 10 users').waitFor();
      const ascending = await firstCells(page);
      expect(ascending).toHaveLength(10);
      await rowOf(page, 'p12@example.com').hover();
      await page.getByRole('button', { name: 'User', exact: true }).focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(/sort=-email/);
      await shows(page, [...ascending].reverse());
      await page.goBack();
      await page.waitForURL(/sort=email/);
      await shows(page, ascending);
    });

    it('drops the answer to what is not asked for any more', async () => {
      const page = await dashboard().open('/users');
      await settled(page);
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      await page.route('**/admin/users?**search=p11**', async (route) => {
        await held;
        await route.continue().catch(() => undefined);
      });
      const asked = page.waitForRequest(/search=p11/);
      await page.getByLabel('Search').fill('p11');
      await asked;
      await page.getByLabel('Search').fill('p12');
      await page.getByText('1–1 of 1 users').waitFor();
      release();
      await rowOf(page, 'p12@').waitFor();
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
      expect(await firstCells(page)).toEqual(['p12@example.com']);
    });
  });

  it('D-09: a real table: named, scoped, ordered, with named controls, and scrolled by keyboard', async () => {
    const page = await dashboard().open('/users?sort=email');
    await settled(page);
    const table = page.getByRole('table', { name: 'Users' });
    expect(await table.locator('caption').textContent()).toBe('Users');
    expect(await table.locator('thead th:not([scope=col])').count()).toBe(0);
    expect(await table.locator('tbody tr:first-child th[scope=row]').count()).toBe(1);
    const order = (name: string): Promise<string | null> =>
      table.getByRole('columnheader', { name }).getAttribute('aria-sort');
    expect([await order('User'), await order('Created')]).toEqual(['ascending', 'none']);
    await table.getByRole('button', { name: 'User' }).click();
    await page.waitForURL(/sort=-email/);
    await eventually(async () => expect(await order('User')).toBe('descending'));
    await page.getByRole('button', { name: 'Actions for p12@example.com' }).waitFor();
    await page.getByLabel('Select p12@example.com').waitFor();
    expect(await page.getByRole('region', { name: 'Users' }).getAttribute('tabindex')).toBe('0');
  });

  it('D-13: times are relative, exact in the title and with the focus, with their zone; ranges are isolated', async () => {
    const options = { timezoneId: 'Asia/Tokyo', locale: 'en-GB' };
    // Made now: how long ago this suite began, nobody knows.
    const { email } = await dashboard().person('new@example.com');
    const page = await dashboard().open('/users?search=new', options);
    const row = rowOf(page, email);
    const time = row.locator('time').last();
    expect(await time.innerText()).toBe('just now');
    const exact = (await time.getAttribute('title')) ?? '';
    expect(exact).toMatch(/\d{4}.*\d\d:\d\d:\d\d.*GMT\+9/);
    await row.getByRole('link').focus();
    await page.keyboard.press('Tab');
    expect(await time.innerText()).toBe(exact);
    expect(await page.locator('.pager bdi').textContent()).toBe('1–1');
    await row.getByRole('link').click();
    const created = page.locator('.facts time').last();
    await created.focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    expect(await created.innerText()).toMatch(/GMT\+9/);
  });

  describe('D-16: CSV', () => {
    const download = async (page: Page): Promise<string[]> => {
      const saving = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export CSV' }).click();
      const file = await (await saving).path();
      return (await readFile(file, 'utf8')).trim().split('\r\n');
    };

    it('has the rows of the filter, all pages of them, a header, and no formula', async () => {
      const page = await dashboard().open('/users?search=p1&role=support&size=25');
      await settled(page);
      const lines = await download(page);
      expect(lines[0]).toMatch(/^id,email,/);
      expect(
        lines
          .slice(1)
          .map((line) => /p\d+@/.exec(line)?.[0])
          .sort(),
      ).toEqual(['p10@', 'p12@', 'p14@', 'p16@', 'p18@']);
      await page.getByText('5 rows saved.').waitFor();
      await page.goto(`${dashboard().url}/admin/users?search=formula`);
      await settled(page);
      expect((await download(page))[1]).toContain(`'=1+1`);
    });

    it('says when it does not hold all', async () => {
      const page = await dashboard().open('/users');
      await settled(page);
      await page.route('**/admin/users?', async (route) => {
        const answer = await route.fetch();
        const headers = { ...answer.headers(), 'x-total-count': '123456', 'x-row-limit': '100000' };
        await route.fulfill({ response: answer, headers });
      });
      await download(page);
      await page.getByText('Only the first 100,000 of 123,456 rows').waitFor();
    });
  });

  describe('D-17', () => {
    it('an id is copied whole', async () => {
      const page = await dashboard().open('/users?search=p10');
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.getByRole('button', { name: 'Copy the id of p10@example.com' }).click();
      await rowOf(page, 'p10@').getByText('Copied').waitFor({ state: 'attached' });
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      const { body } = await dashboard().api.get('/admin/users?search=p10', dashboard().token);
      expect(copied).toBe(body.users[0].id);
    });

    it('a secret is shown once, and is in no address, storage or log', async () => {
      const page = await dashboard().open('/applications');
      await page.getByRole('button', { name: 'Add application' }).click();
      await page.getByLabel('Id', { exact: true }).fill('shop');
      await page.getByLabel('Name', { exact: true }).fill('Shop');
      await page.getByRole('button', { name: 'Add the application' }).click();
      const secret = (await page.locator('.secret code').textContent()) ?? '';
      expect(secret.length).toBeGreaterThan(30);
      await page.getByRole('button', { name: 'Done' }).click();
      await rowOf(page, 'Shop').waitFor();
      const traces = await page.evaluate(() =>
        [
          document.documentElement.outerHTML,
          location.href,
          JSON.stringify(Object.entries(localStorage)),
          JSON.stringify(Object.entries(sessionStorage)),
        ].join('\n'),
      );
      expect(traces).not.toContain(secret);
      expect(dashboard().log.join('\n')).not.toContain(secret);
    });
  });
});
