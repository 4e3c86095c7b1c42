// @ts-check
/** Finds a Chromium, or Chrome, for tests that need a real browser. */
import { aptInstall, whyNotInstall } from './start/install.mjs';
import { firstThatWorks, isExecutable, onPath, output } from './start/service.mjs';

/**
 * @typedef {object} Chromium
 * @property {string} executablePath
 * @property {string[]} args what it must be started with on this machine
 * @property {string} how
 */

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macPath = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
const howToGet = 'To get Chromium: install it or Chrome, or set CHROMIUM_PATH to its executable';

/** @returns {Promise<Chromium | import('./start/service.mjs').Missing>} */
export function findChromium() {
  return firstThatWorks([given, installed, fromApt], howToGet);
}

async function given() {
  const path = process.env['CHROMIUM_PATH'];
  return path ? describe(path, 'CHROMIUM_PATH as given') : 'CHROMIUM_PATH is not set';
}

async function installed() {
  const path = names.map(onPath).find(Boolean) ?? (isExecutable(macPath) ? macPath : undefined);
  return path ? describe(path, path) : `none of ${names.join(', ')} is on the PATH`;
}

async function fromApt() {
  const refusal = whyNotInstall('chromium');
  if (refusal) return refusal;
  await aptInstall(['chromium']);
  return installed();
}

/** @param {string} executablePath @param {string} where @returns {Promise<Chromium>} */
async function describe(executablePath, where) {
  // Asked, not assumed: on some systems the command is only a hint to install another package.
  const version = await output(executablePath, ['--version']);
  // Chromium's sandbox refuses root, which is what tests in containers run as.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return { executablePath, args, how: `${version.split(' built on')[0]} (${where})` };
}
