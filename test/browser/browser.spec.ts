// The browser that the other suites here drive is one that can be driven.
import { expect, it } from '@jest/globals';
import { describeWithChromium } from '../support/services/describe-with.js';
import { useBrowser } from './support/browser.js';

describeWithChromium('the browser', () => {
  const browser = useBrowser();

  it('opens a page and runs its script', async () => {
    const page = await browser().newPage();
    await page.setContent('<h1>Orders</h1>');
    expect(await page.evaluate(() => document.querySelector('h1')?.textContent)).toBe('Orders');
    await page.close();
  });
});
