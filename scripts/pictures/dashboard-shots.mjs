// @ts-check
/** The pictures of the dashboard: each how large, in which scheme, and what happens before. */

/**
 * @typedef {import('playwright-core').Page} Page
 *
 * @typedef {object} Shot
 * @property {{ width: number, height: number }} size
 * @property {'light' | 'dark'} [scheme]
 * @property {string} path
 * @property {(page: Page) => Promise<unknown>} prepare
 */

const wide = { width: 1120, height: 700 };
const narrow = { width: 360, height: 640 };
const rows = (/** @type {Page} */ page) => page.locator('.table tbody tr').first().waitFor();

/** @param {Page} page */
async function suspend(page) {
  await page.getByRole('button', { name: 'Actions for noah.fischer@example.com' }).click();
  await page.getByRole('menuitem', { name: 'Suspend…' }).click();
  await page.getByLabel('Reason').fill('Card fraud, ticket 4711');
  await page.getByRole('dialog').getByRole('button', { name: 'Suspend', exact: true }).click();
  await page.getByText('In force on').waitFor();
}

/** @param {Page} page */
async function reactivate(page) {
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Actions for noah.fischer@example.com' }).click();
  await page.getByRole('menuitem', { name: 'Reactivate…' }).click();
  await page.getByLabel('Reason').fill('Cleared');
  await page.getByRole('dialog').getByRole('button', { name: 'Reactivate', exact: true }).click();
  await page.getByText('is active again').waitFor();
}

/** @type {Record<string, Shot>} */
export const shots = {
  'dashboard-overview': { size: { ...wide, height: 900 }, path: '/', prepare: rows },
  'dashboard-users': { size: wide, path: '/users', prepare: rows },
  'dashboard-users-dark': { size: wide, scheme: 'dark', path: '/users', prepare: rows },
  'dashboard-sessions-dark': { size: wide, scheme: 'dark', path: '/sessions', prepare: rows },
  'dashboard-audit': {
    size: wide,
    path: '/audit?action=user.suspend',
    prepare: async (page) => {
      await rows(page);
      await page
        .getByRole('button', { name: /^Details of/ })
        .first()
        .click();
      await page.getByText('In force on').waitFor();
    },
  },
  'dashboard-narrow': { size: narrow, path: '/users', prepare: rows },
  'dashboard-suspend': { size: { width: 860, height: 560 }, path: '/users', prepare: suspend },
  'dashboard-suspend-dark-narrow': {
    size: narrow,
    scheme: 'dark',
    path: '/users',
    prepare: async (page) => {
      await suspend(page);
      await reactivate(page);
      await page.getByRole('button', { name: 'Done' }).click();
      await suspend(page);
    },
  },
};
