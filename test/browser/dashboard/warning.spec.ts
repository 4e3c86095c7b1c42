// T-13 in the dashboard: the warning comes over whatever is being done, and takes nothing of it away.
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeWithChromium } from '../../support/services/describe-with.js';
import { useDashboard } from './support/dashboard.js';

describeWithChromium('the warning over a dialog of the dashboard', () => {
  const dashboard = useDashboard({ ACCESS_TOKEN_TTL: '16', REFRESH_AFTER: '1', WARN_BEFORE: '5' });

  const staySignedInByEscape = async (page: Page): Promise<void> => {
    const warning = page.getByRole('alertdialog');
    await warning.waitFor();
    const extended = page.waitForResponse((one) => one.url().endsWith('/auth/session/extend'));
    await page.keyboard.press('Escape');
    expect((await extended).status()).toBe(200);
    await warning.waitFor({ state: 'hidden' });
  };

  it('leaves the dialog beneath open at Escape, with what was typed', async () => {
    const { open, person } = dashboard();
    const mia = await person('mia@example.com');
    const page = await open('/users');
    await page.getByRole('button', { name: `Actions for ${mia.email}` }).click();
    await page.getByRole('menuitem', { name: 'Suspend…' }).click();
    const reason = page.getByLabel('Reason');
    await reason.fill('Card fraud, ticket 4711');
    await staySignedInByEscape(page);
    expect(await reason.inputValue()).toBe('Card fraud, ticket 4711');
    expect(await reason.evaluate((element) => element === document.activeElement)).toBe(true);
    // The next one is the dialog's own again.
    await page.keyboard.press('Escape');
    await reason.waitFor({ state: 'detached' });
  });

  it('lets no key open anything beneath it', async () => {
    const page = await dashboard().open('/users');
    await page.getByRole('alertdialog').waitFor();
    await page.keyboard.press('?');
    await page.keyboard.press('/');
    await staySignedInByEscape(page);
    expect(await page.getByRole('dialog').count()).toBe(0);
    // Now they do what they do.
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  });

  it('leaves also one open that was there before the warning was', async () => {
    const page = await dashboard().open('/users');
    await page.getByRole('table').waitFor();
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await keys.waitFor();
    await staySignedInByEscape(page);
    expect(await keys.isVisible()).toBe(true);
  });
});
