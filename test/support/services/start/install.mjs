// @ts-check
/** Installing what is missing: minutes of work, so only where it was asked for. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Outside the checkout, so that a clean checkout does not build everything again. */
export const cacheFolder =
  process.env['PORTCULLIS_TEST_CACHE'] || join(homedir(), '.cache', 'portcullis-test');

export const mayInstall = () =>
  process.env['CI'] === 'true' || process.env['PORTCULLIS_INSTALL_SERVICES'] === '1';

export const isRootOnDebian = () => process.getuid?.() === 0 && existsSync('/etc/debian_version');

/**
 * @param {string} what
 * @returns {string | undefined} why it cannot be installed here and now
 */
export function whyNotInstall(what) {
  if (!isRootOnDebian()) return `${what} can be installed only as root on Debian`;
  if (!mayInstall()) return `PORTCULLIS_INSTALL_SERVICES=1 would install ${what}`;
  return undefined;
}

/** @type {Promise<unknown>} */
let lastInstall = Promise.resolve();

/**
 * One after the other: a second apt is refused while the first has the lock.
 *
 * @param {string[]} packages
 * @returns {Promise<void>}
 */
export function aptInstall(packages) {
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  // Package lists are often absent or stale: fetch them only when they prove to be.
  const installed = lastInstall.then(() =>
    run('apt-get', install).catch(async () => {
      await run('apt-get', ['update']);
      await run('apt-get', install);
    }),
  );
  lastInstall = installed.catch(() => {});
  return installed;
}

/**
 * Runs a long command, its output on stderr for whoever waits.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [environment]
 */
export async function run(command, args, environment = {}) {
  const child = spawn(command, args, {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', ...environment },
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed`);
}
