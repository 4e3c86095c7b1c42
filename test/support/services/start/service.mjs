// @ts-check
/** What a found service is, and the order in which ways of finding one are tried. */
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/**
 * @typedef {object} Service
 * @property {string} uri where it listens. A MongoDB URI names no database: pass `dbName`.
 * @property {string} how what it is and where it came from, for people to read
 * @property {() => Promise<void>} stop ends it, if it was started here; else does nothing
 *
 * @typedef {object} Missing
 * @property {string[]} missing why each way failed, and as the last entry how to get the service
 */

/**
 * @template S
 * @typedef {() => Promise<S | string>} Way tries one way; a string says why it is not to be had
 */

/**
 * @template S
 * @param {Way<S>[]} ways the first that works wins
 * @param {string} howToGet
 * @returns {Promise<S | Missing>}
 */
export async function firstThatWorks(ways, howToGet) {
  /** @type {string[]} */
  const reasons = [];
  for (const way of ways) {
    try {
      const found = await way();
      if (typeof found !== 'string') return found;
      reasons.push(found);
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  return { missing: [...reasons, howToGet] };
}

/** @param {Missing} nothing @returns {string} */
export function explain({ missing }) {
  const reasons = missing.slice(0, -1).join('; ');
  return `${reasons}. ${missing.at(-1)}.`;
}

/**
 * A server somebody else runs. It is never stopped and never emptied: tests keep to a database
 * or a key prefix of their own.
 *
 * @param {string} variable
 * @returns {Way<Service>}
 */
export const givenIn = (variable) => async () => {
  const uri = process.env[variable];
  if (!uri) return `${variable} is not set`;
  return { uri, how: `${variable} as given`, stop: async () => {} };
};

/** @param {string} name @returns {string | undefined} its full path */
export function onPath(name) {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** @param {string} path */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {number} [timeoutSeconds]
 * @returns {Promise<string>} what it printed; rejects when it fails or takes too long
 */
export async function output(command, args, timeoutSeconds = 15) {
  const { stdout } = await promisify(execFile)(command, args, { timeout: timeoutSeconds * 1000 });
  return stdout.trim();
}
