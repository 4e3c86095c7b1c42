// @ts-check
/**
 * Background servers that cannot outlive the process that asked for them.
 *
 * Every server is a process group of its own (`detached`), listed with a small keeper process.
 * The keeper ends the groups and deletes their folders as soon as its input closes: that is how
 * `close()` stops them, and it is also what the kernel does when this process is killed outright.
 * One road for both, so the one that is hard to test is the one every run takes.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Two may start in the same millisecond, and each must find its own words in its own file. */
let serversStarted = 0;

const keeperScript = fileURLToPath(new URL('./keeper.mjs', import.meta.url));

/**
 * @typedef {object} ServerCommand
 * @property {string} command
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} [env] ours unless told
 * @property {RegExp} ready what the server prints once it takes connections
 * @property {NodeJS.Signals} [signal] how to end it; SIGTERM unless told
 * @property {number} [timeoutSeconds] 30 unless told
 *
 * @typedef {object} ServerGroup
 * @property {string} folder a throw-away folder, deleted on close
 * @property {(path: string) => void} deleteOnClose a folder elsewhere to delete on close
 * @property {(server: ServerCommand) => Promise<EndServer>} start resolves, once it is ready, to a
 *   function that ends this one server
 * @property {() => Promise<void>} close ends every server, last started first
 *
 * @typedef {(() => Promise<void>) & StartedServer} EndServer
 * @typedef {object} StartedServer
 * @property {number} pid for other signals than the one that ends it
 * @property {string} logFile what it prints
 * @property {Promise<unknown>} ended
 */

/** @returns {Promise<ServerGroup>} */
export async function openServerGroup() {
  const folder = await mkdtemp(join(tmpdir(), 'portcullis-test-'));
  const keeper = spawn(process.execPath, [keeperScript], {
    detached: true, // Ctrl-C in a terminal must not take the keeper with it
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  keeper.unref();
  /** @type {any} */ (keeper.stdin).unref();
  /** @param {object} note */
  const tell = (note) => keeper.stdin.write(`${JSON.stringify(note)}\n`);
  tell({ folder });

  return {
    folder,
    deleteOnClose: (path) => tell({ folder: path }),
    start: (server) => startServer(server, folder, tell),
    async close() {
      if (keeper.exitCode !== null || keeper.signalCode !== null) return;
      keeper.ref();
      keeper.stdin.end();
      await once(keeper, 'exit');
    },
  };
}

/**
 * @param {ServerCommand} server
 * @param {string} folder
 * @param {(note: object) => void} tell
 */
async function startServer(server, folder, tell) {
  const { command, args, env, ready, signal = 'SIGTERM', timeoutSeconds = 30 } = server;
  const logFile = join(folder, `${command.split('/').pop()}-${++serversStarted}.log`);
  // A file and not a pipe: a server must neither hold this process open nor fail when it is gone.
  const log = openSync(logFile, 'a');
  const child = spawn(command, args, { env, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  const ended = new Promise((resolve) => {
    child.once('exit', resolve).once('error', resolve);
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} cannot be started`);
  child.unref();
  tell({ pid, signal });

  const printed = () => readFileSync(logFile, 'utf8');
  const deadline = Date.now() + timeoutSeconds * 1000;
  while (!ready.test(printed())) {
    const gone = child.exitCode !== null || child.signalCode !== null;
    if (gone || Date.now() > deadline) {
      const what = gone ? 'ended at once' : `was not ready in ${timeoutSeconds} s`;
      if (!gone) process.kill(-pid, 'SIGKILL'); // it would keep its port from the next attempt
      throw new Error(
        `${command} ${what}: ${printed().trim().slice(-1500) || 'it printed nothing'}`,
      );
    }
    await sleep(15);
  }

  const end = async () => {
    child.ref();
    if (child.exitCode === null && child.signalCode === null) process.kill(-pid, signal);
    await ended;
    tell({ forget: pid });
  };
  return Object.assign(end, { pid, logFile, ended });
}

/** @returns {Promise<number>} a port of 127.0.0.1 that nobody listens on at this moment */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * Opens a group, hands it to `start`, and closes it again should that fail. Between being found
 * and being bound a port can go to somebody else; then everything is tried again on other ports.
 *
 * @template T
 * @param {(group: ServerGroup) => Promise<T>} start
 * @returns {Promise<T>}
 */
export async function withServerGroup(start) {
  for (let attempt = 1; ; attempt += 1) {
    const group = await openServerGroup();
    try {
      return await start(group);
    } catch (error) {
      await group.close();
      const portTaken = /address already in use|could not create listen socket/i.test(
        String(error),
      );
      if (!portTaken || attempt === 3) throw error;
    }
  }
}
