// D-03 to D-07: what ends somebody's access is asked with care, and shown when the server says so.
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Gate } from '../../support/gate.js';
import { describeWithChromium } from '../../support/services/describe-with.js';
import { admin, password, rowOf, signIn, useDashboard, type Person } from './support/dashboard.js';

describeWithChromium('the dashboard’s actions', () => {
  const dashboard = useDashboard();
  let mia: Person;
  let ben: Person;
  let zoe: Person;

  beforeAll(async () => {
    const { person } = dashboard();
    mia = await person('mia@example.com');
    ben = await person('ben@example.com');
    zoe = await person('zoe@example.com');
  });

  const menu = async (page: Page, email: string, entry: string | RegExp): Promise<void> => {
    await page.getByRole('button', { name: `Actions for ${email}` }).click();
    await page.getByRole('menuitem', { name: entry }).click();
  };
  const dialog = (page: Page): ReturnType<Page['getByRole']> => page.getByRole('dialog');
  const press = (page: Page, name: string): Promise<void> =>
    dialog(page).getByRole('button', { name, exact: true }).click();

  it('D-03: the dialog names whom, says its verb, wants a reason, and puts the focus on it', async () => {
    const { open, api, token } = dashboard();
    const victim = await api.login(mia.email, password);
    const page = await open('/users');
    await menu(page, mia.email, 'Suspend…');
    await page.getByRole('dialog', { name: `Suspend ${mia.email}?` }).waitFor();
    await dialog(page).getByText('Every session of').waitFor();
    await page.locator('textarea:focus').waitFor();
    expect(await dialog(page).getByLabel('Reason').getAttribute('required')).not.toBeNull();
    await press(page, 'Suspend');
    await dialog(page).getByText('Say why').waitFor();
    expect((await api.get('/users/me', victim)).status).toBe(200);

    await dialog(page).getByLabel('Reason').fill('Card fraud, ticket 4711');
    await press(page, 'Suspend');
    await page.getByRole('dialog', { name: `${mia.email} is suspended` }).waitFor();
    const result = dialog(page).getByRole('region', { name: 'Where it is in force' });
    expect(await result.getByRole('status').textContent()).toMatch(
      /^In force on 1 of 1 node after \d+ ms$/,
    );
    expect(await result.locator('tbody tr').count()).toBe(1);
    expect(await result.locator('tbody tr').textContent()).toMatch(/^Server \w{8}\d+ ms$/);
    expect((await api.get('/users/me', victim)).body.code).toBe('token_revoked');
    const { body } = await api.get(`/admin/audit?target=${mia.id}&action=user.suspend`, token);
    expect(body.entries[0].reason).toBe('Card fraud, ticket 4711');
  });

  it('D-03: a node that stays silent is told of in words', async () => {
    const page = await dashboard().open('/users');
    await page.route('**/suspend', async (route) => {
      const response = await route.fetch();
      const body = (await response.json()) as {
        revocation: { nodes: object[]; durationMs: number };
      };
      const silent = { id: 'silentSilentSilent', kind: 'service', leaseEnded: true };
      body.revocation.nodes.push(silent);
      body.revocation.durationMs = 5012;
      await route.fulfill({ response, json: body });
    });
    await menu(page, zoe.email, 'Suspend…');
    await dialog(page).getByLabel('Reason').fill('test');
    await press(page, 'Suspend');
    await dialog(page).getByText('2 of 2 nodes').waitFor();
    await dialog(page).getByText('One node did not answer until the lease ended').waitFor();
    await dialog(page).getByText('silent: lease ended').waitFor();
    await dialog(page).getByText('5.0 s').waitFor();
  });

  it('D-04: ending what matches a filter: counted by the server, and the count is typed', async () => {
    const { api, person, open } = dashboard();
    const kim = await person('kim@example.com');
    const tokens = [await api.login(kim.email, password), await api.login(kim.email, password)];
    const page = await open(`/sessions?user=${kim.id}`);
    await page.getByRole('button', { name: 'End all that match…' }).click();
    await dialog(page).getByText('2 sessions end.').waitFor();
    await dialog(page).getByLabel('Reason').fill('lost both devices');
    await dialog(page).getByLabel('Type 2 to confirm').fill('3');
    await press(page, 'End them all');
    await dialog(page).getByText('This is not the number').waitFor();
    expect((await api.get('/users/me', tokens[0])).status).toBe(200);
    await dialog(page).getByLabel('Type 2 to confirm').fill('2');
    await press(page, 'End them all');
    await page.getByRole('dialog', { name: '2 sessions ended' }).waitFor();
    await dialog(page).getByText('2 of 2 done').waitFor();
    for (const token of tokens) {
      expect((await api.get('/users/me', token)).body.code).toBe('session_revoked');
    }
  });

  it('D-05: a bulk has a result for each row, and what failed stays selected', async () => {
    const { person, open } = dashboard();
    const many = [await person('bulk1@example.com'), await person('bulk2@example.com')];
    const page = await open('/users?search=bulk');
    await page.route('**/admin/users/bulk', async (route) => {
      const response = await route.fetch();
      const body = (await response.json()) as { results: { id: string; ok: boolean }[] };
      const results = body.results.map((row) =>
        row.id === many[1]?.id ? { id: row.id, ok: false, code: 'unavailable' } : row,
      );
      await route.fulfill({ response, json: { ...body, results } });
    });
    await page.getByLabel('Select all on this page').check();
    await page.getByRole('button', { name: 'Sign out everywhere…' }).click();
    await dialog(page).getByText('bulk2@example.com, bulk1@example.com').waitFor();
    await dialog(page).getByLabel('Reason').fill('both left');
    await press(page, 'Sign out everywhere 2 users');
    await dialog(page).getByText('1 of 2 done').waitFor();
    await dialog(page)
      .getByRole('row', { name: /bulk1.*Done/ })
      .waitFor();
    await dialog(page)
      .getByRole('row', { name: /bulk2.*Not done: not confirmed/ })
      .waitFor();
    await press(page, 'Done');
    expect(await page.getByLabel('Select bulk1@example.com').isChecked()).toBe(false);
    expect(await page.getByLabel('Select bulk2@example.com').isChecked()).toBe(true);
  });

  it('D-06: the row changes when the server says so, never before; a refusal changes nothing', async () => {
    const page = await dashboard().open('/users?search=ben');
    let answer: 'refuse' | 'pass' = 'refuse';
    let gate = new Gate();
    await page.route('**/suspend', async (route) => {
      await gate.pass();
      const problem = { title: 'Unavailable', detail: 'Not on every node.', code: 'unavailable' };
      if (answer === 'pass') await route.continue();
      else await route.fulfill({ status: 503, json: { ...problem, status: 503 } });
    });
    const row = rowOf(page, ben.email);
    await menu(page, ben.email, 'Suspend…');
    await dialog(page).getByLabel('Reason').fill('spam');
    await press(page, 'Suspend');
    await dialog(page).getByText(`Suspending ${ben.email}.`).waitFor();
    await gate.entered;
    expect(await row.getByText('Active').count()).toBe(1);
    gate.open();
    await dialog(page).getByRole('alert').getByText('Not confirmed on every node').waitFor();
    expect(await row.getByText('Active').count()).toBe(1);
    expect(await dialog(page).getByLabel('Reason').inputValue()).toBe('spam');

    answer = 'pass';
    gate = new Gate();
    await press(page, 'Suspend (try again)');
    await dialog(page).getByText(`Suspending ${ben.email}.`).waitFor();
    await gate.entered;
    expect(await row.getByText('Active').count()).toBe(1);
    gate.open();
    await dialog(page).getByText('In force on').waitFor();
    await row.getByText('Suspended').waitFor();
  });

  describe('D-07: one’s own account', () => {
    it('cannot be suspended or deleted, alone or with others; the server says so too', async () => {
      const { open, api, token } = dashboard();
      const { body } = await api.get('/admin/users?search=ada@', token);
      const own = body.users[0].id as string;
      const page = await open('/users');
      await page.getByRole('button', { name: `Actions for ${admin.email}` }).click();
      const entry = page.getByRole('menuitem', { name: 'Suspend: not your own account' });
      expect(await entry.isDisabled()).toBe(true);
      await page.keyboard.press('Escape');
      await page.getByLabel(`Select ${admin.email}`).check();
      await page.getByText('your own account, which nobody can shut from here').waitFor();
      expect(await page.getByRole('button', { name: 'Suspend…' }).isDisabled()).toBe(true);
      await page.getByLabel('Select zoe@example.com').check();
      await page.getByRole('button', { name: 'Suspend…' }).click();
      await dialog(page).getByText('Your own account is left out.').waitFor();
      await press(page, 'Cancel');

      await page.goto(`${dashboard().url}/admin/users/${own}`);
      const button = page.getByRole('button', { name: 'Suspend…' });
      await button.waitFor();
      expect([await button.isDisabled(), await button.getAttribute('aria-describedby')]).toEqual([
        true,
        'own-account',
      ]);
      const refused = await api.post(`/admin/users/${own}/suspend`, { reason: 'x' }, token);
      expect([refused.status, refused.body.code]).toEqual([409, 'last_admin']);
    });

    it('loses its last administrator by no change of roles', async () => {
      const { open, api, token } = dashboard();
      const { body } = await api.get('/admin/users?search=ada@', token);
      const page = await open(`/users/${body.users[0].id as string}`);
      await page.getByRole('button', { name: 'Change name or roles…' }).click();
      await dialog(page).getByLabel('Roles').fill('');
      await dialog(page).getByLabel('Reason').fill('no longer here');
      await press(page, 'Save');
      await dialog(page).getByRole('alert').waitFor();
      await press(page, 'Cancel');
      await page.getByText('admin', { exact: true }).waitFor();
    });

    it('ends its own session after having said so, and the result is still seen', async () => {
      const page = await dashboard().open('/sessions?state=live');
      const row = rowOf(page, 'This one');
      await row.getByRole('button', { name: /^End the session of/ }).click();
      await dialog(page).getByText('This is your own session: you will be signed out.').waitFor();
      await dialog(page).getByLabel('Reason').fill('going home');
      await press(page, 'End the session');
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      await page.getByText('In force on').waitFor();
      await signIn(page);
      await page.getByRole('heading', { name: 'Sessions' }).waitFor();
      await page.getByText('In force on').waitFor({ state: 'detached' });
    });

    it('D-04: “sign everybody out” counts, says it is oneself too, and signs one out', async () => {
      const { open, api } = dashboard();
      const beside = await api.login(admin.email, admin.password);
      const page = await open('/system');
      await page.getByRole('button', { name: 'Sign everybody out…' }).click();
      await dialog(page).getByText('You will be signed out').waitFor();
      const label = dialog(page).getByLabel(/^Type \d+ to confirm/);
      const count = /\d+/.exec(
        (await dialog(page)
          .getByText(/sessions end\./)
          .textContent()) ?? '',
      );
      expect(Number(count?.[0])).toBeGreaterThan(1);
      await dialog(page).getByLabel('Reason').fill('keys stolen');
      await label.fill(count?.[0] ?? '');
      await press(page, 'Sign everybody out');
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      await page.getByText('Everybody is signed out').waitFor();
      expect((await api.get('/users/me', beside)).body.code).toBe('token_revoked');
    });
  });
});
