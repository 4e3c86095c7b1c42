// @ts-check
/**
 * `npm run pictures:dashboard`: takes the pictures of docs/dashboard.md from four nodes and a joined
 * service as real processes. Needs MongoDB, Redis and a Chromium, found as the tests find them.
 */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { explain, findChromium, isMissing } from '../test/support/services/find-services.mjs';
import { administrator, Cluster } from '../test/support/cluster/cluster.mjs';
import { invitePeople } from './pictures/dashboard-people.mjs';
import { shots } from './pictures/dashboard-shots.mjs';

const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const wanted = process.argv.slice(2);

const found = await findChromium();
if (isMissing(found)) throw new Error(explain('Chromium', found));

console.log('Four nodes, a service, a database and a Redis start; this takes some seconds.');
const cluster = await Cluster.start({ leaseSeconds: 5 });
const browser = await chromium.launch({ executablePath: found.executablePath, args: found.args });
try {
  await mkdir(folder, { recursive: true });
  const url = `http://127.0.0.1:${String(cluster.servers[0]?.port)}`;
  await invitePeople(url, cluster.adminToken);
  for (const [name, shot] of Object.entries(shots)) {
    if (wanted.length === 0 || wanted.includes(name)) await take(url, name, shot);
  }
} finally {
  await browser.close();
  await cluster.stop();
}
process.exit();

/** @param {string} url @param {string} name @param {import('./pictures/dashboard-shots.mjs').Shot} shot */
async function take(url, name, { size, scheme = 'light', path, prepare }) {
  const context = await browser.newContext({ viewport: size, colorScheme: scheme });
  const page = await context.newPage();
  await page.goto(`${url}/admin${path}`);
  await page.getByLabel('E-mail address').fill(administrator.email);
  await page.getByLabel('Password', { exact: true }).fill(administrator.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('.shell-main h1').waitFor();
  await prepare(page);
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `${folder}${name}.png`, animations: 'disabled' });
  await context.close();
  console.log(`docs/pictures/${name}.png`);
}
