// @ts-check
/**
 * Jest's globalSetup: finds the services once for all test files. Workers inherit from
 * process.env, for each service, either its address or why there is none.
 */
import { describeServices, explain, findAll, isMissing, stopAll } from './find-services.mjs';

/** @type {Awaited<ReturnType<typeof findAll>> | undefined} */
let services;

export default async function findServices() {
  services = isOff() ? noServices() : await findAll();
  process.stderr.write(`\n${describeServices(services).join('\n')}\n`);

  const { mongo, redis, chromium } = services;
  hand('MONGODB_URI', mongo, (found) => found.uri);
  hand('REDIS_URL', redis, (found) => found.uri);
  hand('CHROMIUM_PATH', chromium, (found) => found.executablePath);

  const missing = Object.entries({ mongo, redis, chromium }).filter(([, found]) =>
    isMissing(found),
  );
  if (process.env['CI'] === 'true' && missing.length > 0) {
    await stopServices(); // Jest runs no teardown when the setup fails
    const names = missing.map(([name]) => name).join(', ');
    throw new Error(
      `With CI=true no test may be skipped, but these are missing: ${names} (see above)`,
    );
  }
}

export async function stopServices() {
  if (services) await stopAll(services);
  services = undefined;
}

const isOff = () => process.env['PORTCULLIS_TEST_SERVICES'] === 'off';

function noServices() {
  const off = { missing: ['PORTCULLIS_TEST_SERVICES=off', 'To get it: unset that variable'] };
  return { mongo: off, redis: off, chromium: off };
}

/**
 * @template {object} S
 * @param {string} name
 * @param {import('./find-services.mjs').OrMissing<S>} found
 * @param {(found: S) => string} address
 */
function hand(name, found, address) {
  delete process.env[`TEST_${name}`];
  delete process.env[`TEST_${name}_MISSING`];
  if (isMissing(found)) process.env[`TEST_${name}_MISSING`] = explain(found);
  else process.env[`TEST_${name}`] = address(found);
}
