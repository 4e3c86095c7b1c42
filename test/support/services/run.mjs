// @ts-check
/**
 * Runs a command with real services:
 *   node test/support/services/run.mjs -- npm start
 * The command finds them in MONGODB_URI, REDIS_URL and, if there is one, CHROMIUM_PATH.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { describeServices, findAll, isMissing, stopAll } from './find-services.mjs';

const [separator, command, ...args] = process.argv.slice(2);
if (separator !== '--' || command === undefined) {
  console.error('Usage: node test/support/services/run.mjs -- COMMAND [ARGUMENT...]');
  process.exit(2);
}

const services = await findAll();
console.error(describeServices(services).join('\n'));
try {
  process.exitCode = await runCommand();
} finally {
  await stopAll(services);
}

/** @returns {Promise<number>} the command's exit code, as a shell would give it */
async function runCommand() {
  const { mongo, redis, chromium } = services;
  if (isMissing(mongo) || isMissing(redis)) return 1;
  if (isMissing(chromium) && process.env['CI'] === 'true') return 1;

  const browser = isMissing(chromium) ? {} : { CHROMIUM_PATH: chromium.executablePath };
  const child = spawn(/** @type {string} */ (command), args, {
    stdio: 'inherit',
    env: { ...process.env, MONGODB_URI: mongo.uri, REDIS_URL: redis.uri, ...browser },
  });
  // Ctrl-C reaches the command by itself; both are its to act on, and we stay to clean up.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  const [code, signal] = await once(child, 'exit').catch((error) => {
    console.error(error.message);
    return [127]; // as a shell answers for a command it cannot find
  });
  return code ?? 128 + constants.signals[/** @type {NodeJS.Signals} */ (signal)];
}
