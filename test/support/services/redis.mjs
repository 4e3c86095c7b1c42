// @ts-check
/** Finds or starts a Redis server. */
import { dockerRun, whyNoDocker } from './start/docker.mjs';
import { aptInstall, whyNotInstall } from './start/install.mjs';
import { freePort, withServerGroup } from './start/processes.mjs';
import { firstThatWorks, givenIn, onPath, output } from './start/service.mjs';

/** @typedef {import('./start/service.mjs').Service} Service */
/** @typedef {import('./start/service.mjs').Missing} Missing */

/**
 * A server of our own, for tests of what happens when it fails. It keeps nothing on disk: what
 * comes back after `down()` is empty, as a cache may be.
 *
 * @typedef {object} OwnRedis
 * @property {number} port stays the same over every restart
 * @property {() => Promise<void>} down
 * @property {() => Promise<void>} up
 * @property {() => Promise<void>} restart
 */

const image = 'redis:7';
const howToGet =
  'To get Redis: `docker compose up -d redis` and set REDIS_URL, or put redis-server on the PATH';

/**
 * @overload
 * @param {{ own: true }} options one that nobody else uses, whatever REDIS_URL says
 * @returns {Promise<Service & OwnRedis | Missing>}
 */
/**
 * @overload
 * @returns {Promise<Service & Partial<OwnRedis> | Missing>}
 */
/**
 * @param {{ own?: boolean }} [options]
 * @returns {Promise<Service & Partial<OwnRedis> | Missing>}
 */
export function startRedis({ own = false } = {}) {
  const started = [fromPath, fromDocker, fromApt];
  return firstThatWorks(own ? started : [givenIn('REDIS_URL'), ...started], howToGet);
}

async function fromPath() {
  const server = onPath('redis-server');
  if (!server) return 'redis-server is not on the PATH';
  const version = /v=(\S+)/.exec(await output(server, ['--version']))?.[1] ?? '';
  return startRedisServer(`redis-server ${version} on the PATH`, async (port, folder) => ({
    command: server,
    args: [...redisArgs(port), '--bind', '127.0.0.1', '--dir', folder],
  }));
}

async function fromDocker() {
  const refusal = await whyNoDocker();
  if (refusal) return refusal;
  return startRedisServer(`docker ${image}`, (port) =>
    dockerRun(image, port, ['redis-server', ...redisArgs(port), '--protected-mode', 'no']),
  );
}

async function fromApt() {
  const refusal = whyNotInstall('redis-server');
  if (refusal) return refusal;
  await aptInstall(['redis-server']);
  return fromPath();
}

/** @param {number} port */
const redisArgs = (port) => ['--port', String(port), '--save', '', '--appendonly', 'no'];

/**
 * @param {string} how
 * @param {(port: number, folder: string) => Promise<{ command: string, args: string[] }>} commandFor
 * @returns {Promise<Service & OwnRedis>}
 */
function startRedisServer(how, commandFor) {
  return withServerGroup(async (group) => {
    const port = await freePort();
    const command = {
      ...(await commandFor(port, group.folder)),
      ready: /Ready to accept connections/,
    };
    let end = await group.start(command);
    const down = () => end();
    const up = async () => {
      end = await group.start(command);
    };
    return {
      uri: `redis://127.0.0.1:${port}`,
      how,
      stop: group.close,
      port,
      down,
      up,
      async restart() {
        await down();
        await up();
      },
    };
  });
}
