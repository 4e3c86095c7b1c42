// Looks over a page with axe-core, in both schemes.
import { expect } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Everything, and then once more what depends on colours. */
const looks = [
  ['light', { type: 'tag', values: tags }],
  ['dark', { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }],
] as const;

interface Axe {
  run: (
    context: unknown,
    options: object,
  ) => Promise<{
    violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
  }>;
}

/** No violation, in light and in dark: each is one line that says what and where. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  for (const [colorScheme, runOnly] of looks) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    const found = await violationsOf(page, runOnly);
    expect(found.map((one) => `${where}, ${colorScheme}: ${one}`)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

async function violationsOf(page: Page, runOnly: (typeof looks)[number][1]): Promise<string[]> {
  await page.evaluate(`if (!window.axe) { ${source} }`);
  await page.evaluate(async () => {
    // Colours on their way from one to the other are neither's.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    for (const one of document.getAnimations()) {
      if (one.effect?.getComputedTiming().endTime === Infinity) one.cancel();
      else one.finish();
    }
  });
  return page.evaluate(async (wanted) => {
    const { axe } = window as unknown as { axe: Axe };
    const options = { runOnly: wanted, resultTypes: ['violations'] };
    const { violations } = await axe.run(document, options);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`,
      ),
    );
  }, runOnly);
}
