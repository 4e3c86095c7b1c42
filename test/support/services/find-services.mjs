// @ts-check
/**
 * How tests and demos find the real services they run against. Each is looked for in this order:
 * the address in the environment; the program on the PATH; Docker, where an engine answers; and,
 * as root on Debian, one installed for the purpose.
 */
import { findChromium } from './chromium.mjs';
import { startMongo } from './mongo.mjs';
import { startRedis } from './redis.mjs';
import { explain } from './start/service.mjs';

export { explain, findChromium, startMongo, startRedis };

/**
 * @template S
 * @typedef {S | import('./start/service.mjs').Missing} OrMissing
 */

/** @param {OrMissing<object>} found @returns {found is import('./start/service.mjs').Missing} */
export const isMissing = (found) => 'missing' in found;

/** Side by side: where all are missing, FerretDB is built while the others are downloaded. */
export async function findAll() {
  const [mongo, redis, chromium] = await Promise.all([startMongo(), startRedis(), findChromium()]);
  return { mongo, redis, chromium };
}

/**
 * @param {Awaited<ReturnType<typeof findAll>>} services
 * @returns {string[]} a line for each
 */
export function describeServices({ mongo, redis, chromium }) {
  const named = Object.entries({ MongoDB: mongo, Redis: redis, Chromium: chromium });
  return named.map(([name, found]) => {
    if (isMissing(found)) return `${name}: missing. ${explain(found)}`;
    return `${name}: ${found.how}${'uri' in found ? `, ${withoutPassword(found.uri)}` : ''}`;
  });
}

/** @param {string} uri an address from the environment may carry a password */
const withoutPassword = (uri) => uri.replace(/\/\/[^@/]*@/, '//***@');

/** @param {Awaited<ReturnType<typeof findAll>>} services */
export async function stopAll({ mongo, redis }) {
  for (const service of [mongo, redis]) {
    if (!isMissing(service)) await service.stop();
  }
}
