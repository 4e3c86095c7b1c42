// @ts-check
/** The pictures of the documents: each a page, how large, in which scheme, and what happens before. */

/**
 * @typedef {object} Addresses
 * @property {string} server
 * @property {string} orders
 * @property {string} billing
 *
 * @typedef {object} Shot
 * @property {{ width: number, height: number }} size
 * @property {'light' | 'dark'} [scheme]
 * @property {(page: import('playwright-core').Page, at: Addresses) => Promise<void>} prepare
 */

const wide = { width: 1060, height: 640 };
const dialogSize = { width: 720, height: 420 };

/** @param {import('playwright-core').Page} page @param {string} url */
async function signIn(page, url) {
  await page.goto(url);
  await page.fill('[name=email]', 'mia@example.com');
  await page.fill('[name=password]', 'a long enough passphrase');
  await page.click('[type=submit]');
  await page.waitForSelector('textarea');
}

/** @param {string} stage @param {'light' | 'dark'} scheme @param {string} [language] @returns {Shot} */
const dialog = (stage, scheme, language = 'en') => ({
  size: dialogSize,
  scheme,
  prepare: async (page, { orders }) => {
    await page.goto(`${orders}/gallery`);
    await page.selectOption('select', language);
    await page.getByRole('button', { name: stage, exact: true }).click();
    await page.getByRole('alertdialog').waitFor();
  },
});

/** @type {Record<string, Shot>} */
export const shots = {
  'dialog-light': dialog('A warning, two minutes before', 'light'),
  'dialog-dark': {
    size: dialogSize,
    scheme: 'dark',
    prepare: async (page, at) => {
      await dialog('Staying does not work', 'dark').prepare(page, at);
      await page.getByRole('button', { name: 'Stay signed in' }).click();
      await page.getByText('That did not work').waitFor();
    },
  },
  'dialog-arabic': dialog('A warning, two minutes before', 'light', 'ar'),
  'dialog-ended': dialog('Signed out: no activity', 'light'),
  'app-sign-in': {
    size: wide,
    prepare: (page, { orders }) =>
      page
        .goto(orders)
        .then(() => page.waitForSelector('form'))
        .then(() => undefined),
  },
  'app-orders': {
    size: wide,
    prepare: async (page, { orders }) => {
      await signIn(page, orders);
      for (const item of ['a drawbridge', 'two portcullises, oak', 'a moat, 12 m']) {
        await page.fill('textarea', item);
        await page.click('[type=submit]');
        await page.waitForSelector(`li:has-text("${item}")`);
      }
      await page.fill('textarea', 'and a gatehouse, if there is ro');
    },
  },
  // The last one: nobody reactivates her.
  'app-billing-suspended': {
    size: { ...wide, height: 800 },
    scheme: 'dark',
    prepare: async (page, { billing }) => {
      await signIn(page, billing);
      await page.fill('textarea', 'the moat, once more');
      await page.click('text=Suspend this user');
      await page.waitForSelector('.note');
      await page.waitForSelector('text=In force on');
      await page.evaluate('scrollTo(0, 0)');
    },
  },
};
