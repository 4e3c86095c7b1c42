// @ts-check
/** Finds or starts a server that speaks MongoDB's protocol. */
import { setTimeout as sleep } from 'node:timers/promises';
import { dockerRun, whyNoDocker } from './start/docker.mjs';
import { startFerretdb } from './start/ferretdb.mjs';
import { freePort, withServerGroup } from './start/processes.mjs';
import { firstThatWorks, givenIn, onPath, output } from './start/service.mjs';

/** @typedef {import('./start/service.mjs').Service} Service */
/** @typedef {import('./start/service.mjs').Missing} Missing */

const image = 'mongo:8';
const howToGet =
  'To get MongoDB: `docker compose up -d mongo` and set MONGODB_URI, or put mongod on the PATH';

/**
 * @param {object} [options]
 * @param {boolean} [options.own] start one that nobody else uses, whatever MONGODB_URI says
 * @returns {Promise<Service | Missing>}
 */
export function startMongo({ own = false } = {}) {
  const started = [fromPath, fromDocker, startFerretdb];
  return firstThatWorks(own ? started : [givenIn('MONGODB_URI'), ...started], howToGet);
}

async function fromPath() {
  const mongod = onPath('mongod');
  if (!mongod) return 'mongod is not on the PATH';
  const version = /db version v?(\S+)/.exec(await output(mongod, ['--version']))?.[1] ?? '';
  return startReplicaSet(`mongod ${version} on the PATH`, async (port, folder) => ({
    command: mongod,
    args: [...replicaSetArgs(port), '--bind_ip', '127.0.0.1', '--dbpath', folder],
  }));
}

async function fromDocker() {
  const refusal = await whyNoDocker();
  if (refusal) return refusal;
  return startReplicaSet(`docker ${image}`, (port) =>
    dockerRun(image, port, [...replicaSetArgs(port), '--bind_ip_all']),
  );
}

/** @param {number} port */
const replicaSetArgs = (port) => [
  ...['--replSet', 'rs0', '--port', String(port)],
  // A primary gives its clients 15 s to leave when it is told to end; ours are gone by then.
  ...['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=100'],
];

/**
 * One member is enough for what a single mongod refuses: transactions, and `w: majority` that
 * means something.
 *
 * @param {string} how
 * @param {(port: number, folder: string) => Promise<{ command: string, args: string[] }>} commandFor
 * @returns {Promise<Service>}
 */
function startReplicaSet(how, commandFor) {
  return withServerGroup(async (group) => {
    const port = await freePort();
    const command = await commandFor(port, group.folder);
    await group.start({ ...command, ready: /"Waiting for connections"/ });
    await initiate(port);
    return { uri: `mongodb://127.0.0.1:${port}/?replicaSet=rs0`, how, stop: group.close };
  });
}

/** @param {number} port */
async function initiate(port) {
  // Loaded here alone: nobody else in this folder needs a driver, and the shell is often absent.
  const { mongo } = (await import('mongoose')).default;
  const client = new mongo.MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`);
  try {
    const admin = client.db('admin');
    const members = [{ _id: 0, host: `127.0.0.1:${port}` }];
    await admin.command({ replSetInitiate: { _id: 'rs0', members } });
    const deadline = Date.now() + 30_000;
    while (!(await admin.command({ hello: 1 }))['isWritablePrimary']) {
      if (Date.now() > deadline) throw new Error('mongod did not become primary in 30 s');
      await sleep(50);
    }
  } finally {
    await client.close();
  }
}
