// D-03 and what two operators change at once: a form sends what was changed in it, with a reason where it ends sessions.
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeWithChromium } from '../../support/services/describe-with.js';
import { rowOf, useDashboard } from './support/dashboard.js';

describeWithChromium('a form of the dashboard', () => {
  const dashboard = useDashboard();
  const dialog = (page: Page): ReturnType<Page['getByRole']> => page.getByRole('dialog');
  const save = (page: Page): Promise<void> =>
    dialog(page).getByRole('button', { name: 'Save', exact: true }).click();

  it('gives no role back that somebody else took away while it was open', async () => {
    const { open, person, api, token } = dashboard();
    const eve = await person('eve@example.com', { displayName: 'Ewe', roles: ['admin'] });
    const page = await open(`/users/${eve.id}`);
    await page.getByRole('button', { name: 'Change name or roles…' }).click();
    await dialog(page).getByLabel('Name').fill('Eve');
    const demoted = await api.patch(`/admin/users/${eve.id}`, { roles: [] }, token);
    expect(demoted.status).toBe(200);
    await page.getByText('admin', { exact: true }).waitFor({ state: 'detached' });
    await save(page);
    await dialog(page).waitFor({ state: 'detached' });
    const { body } = await api.get(`/admin/users/${eve.id}`, token);
    expect(body.user).toMatchObject({ displayName: 'Eve', roles: [] });
  });

  it('D-03: wants a reason for other roles, and says it in the audit log', async () => {
    const { open, person, api, token } = dashboard();
    const rob = await person('rob@example.com', { roles: ['editor'] });
    const page = await open(`/users/${rob.id}`);
    await page.getByRole('button', { name: 'Change name or roles…' }).click();
    await dialog(page).getByLabel('Roles').fill('editor, chief');
    await save(page);
    await dialog(page).getByText('Say why').first().waitFor();
    const { body: before } = await api.get(`/admin/users/${rob.id}`, token);
    expect(before.user.roles).toEqual(['editor']);
    await dialog(page).getByLabel('Reason').fill('promoted');
    await save(page);
    await dialog(page).getByText('In force on').waitFor();
    const { body } = await api.get(`/admin/audit?limit=1&target=${rob.id}`, token);
    expect(body.entries[0]).toMatchObject({ action: 'user.update', reason: 'promoted' });
  });

  it('brings no origin of an application back that somebody else took away while it was open', async () => {
    const { open, api, token } = dashboard();
    const origins = ['https://good.example.org', 'https://bad.example.org'];
    const made = { id: 'shop', name: 'Shpo', allowedOrigins: origins };
    expect((await api.post('/admin/applications', made, token)).status).toBe(201);
    const page = await open('/applications');
    await rowOf(page, 'Shpo').getByRole('button', { name: 'Actions for Shpo' }).click();
    await page.getByRole('menuitem', { name: 'Edit…' }).click();
    await dialog(page).getByLabel('Name').fill('Shop');
    const allowedOrigins = origins.slice(0, 1);
    await api.patch('/admin/applications/shop', { allowedOrigins }, token);
    await save(page);
    await dialog(page).waitFor({ state: 'detached' });
    const { body } = await api.get('/admin/applications/shop', token);
    expect(body.application).toMatchObject({ name: 'Shop', allowedOrigins });

    await rowOf(page, 'Shop').getByRole('button', { name: 'Actions for Shop' }).click();
    await page.getByRole('menuitem', { name: 'Edit…' }).click();
    await dialog(page).getByLabel('Audience').fill('https://api.example.org');
    await save(page);
    await dialog(page).getByText('Say why').first().waitFor();
    await dialog(page).getByLabel('Reason').fill('moved');
    await save(page);
    await dialog(page).getByText('In force on').waitFor();
    const { body: log } = await api.get('/admin/audit?limit=1&target=shop', token);
    expect(log.entries[0]).toMatchObject({ action: 'application.update', reason: 'moved' });
  });
});
