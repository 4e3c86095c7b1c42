// @ts-check
/**
 * `npm run pictures`: starts the demo on ports of its own, takes each shot of scripts/pictures/shots.mjs
 * and writes it to docs/pictures. Needs a Chromium, found as the tests find it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { explain, findChromium, isMissing } from '../test/support/services/find-services.mjs';
import { shots } from './pictures/shots.mjs';

const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const ports = [3810, 3811, 3812, 3813];
const wanted = process.argv.slice(2);

const found = await findChromium();
if (isMissing(found)) throw new Error(explain('Chromium', found));

const demo = spawn(process.execPath, ['scripts/demo.mjs', '--ports', ports.join(',')], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const browser = await chromium.launch({ executablePath: found.executablePath, args: found.args });
try {
  await untilReady();
  await mkdir(folder, { recursive: true });
  const [server, , orders, billing] = ports.map((port) => `http://localhost:${port}`);
  for (const [name, shot] of Object.entries(shots)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const context = await browser.newContext({ viewport: shot.size, colorScheme: shot.scheme });
    const page = await context.newPage();
    await shot.prepare(page, { server, orders, billing });
    await page.screenshot({ path: `${folder}${name}.png`, animations: 'disabled' });
    await context.close();
    console.log(`docs/pictures/${name}.png`);
  }
} finally {
  await browser.close();
  demo.kill('SIGTERM');
  if (demo.exitCode === null) await once(demo, 'exit');
}

async function untilReady() {
  for await (const chunk of demo.stdout) if (String(chunk).includes('Ctrl-C')) return;
  throw new Error('the demo did not start; its own words are above');
}
