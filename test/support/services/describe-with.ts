/** Suites that need a real service: skipped without it, and the run then ends by saying so. */
import { describe } from '@jest/globals';

type Describe = (title: string, body: () => void) => void;

/** The reporter finds the skipped suites by these words. */
const describeNeeding =
  (service: string, variable: string): Describe =>
  (title, body) => {
    const run = process.env[variable] === undefined ? describe.skip : describe;
    run(`${title} (needs ${service})`, body);
  };

export const describeWithMongo = describeNeeding('MongoDB', 'TEST_MONGODB_URI');
export const describeWithRedis = describeNeeding('Redis', 'TEST_REDIS_URL');
export const describeWithChromium = describeNeeding('Chromium', 'TEST_CHROMIUM_PATH');

/** Names no database: pass a random `dbName`, for the server may be somebody's own. */
export const getMongoUri = (): string => getAddress('TEST_MONGODB_URI');
/** Keep to a random key prefix, and never flush: the server may be somebody's own. */
export const getRedisUrl = (): string => getAddress('TEST_REDIS_URL');
export const getChromiumPath = (): string => getAddress('TEST_CHROMIUM_PATH');

function getAddress(variable: string): string {
  const address = process.env[variable];
  if (address === undefined) {
    throw new Error(`${variable} is not set: ask for it inside hooks and tests of describeWith…`);
  }
  return address;
}
