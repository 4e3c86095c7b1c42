// @ts-check
/** One process of a cluster, to be stopped, killed and cut off. */
import { readFile } from 'node:fs/promises';
import { HttpClient } from './http-client.mjs';

/**
 * @typedef {import('./tcp-proxy.mjs').TcpProxy} TcpProxy
 * @typedef {import('../services/start/processes.mjs').ServerGroup} ServerGroup
 *
 * @typedef {object} NodeSetup
 * @property {string} name
 * @property {'server' | 'service'} kind
 * @property {string} script
 * @property {number} port
 * @property {NodeJS.ProcessEnv} env
 * @property {{ database?: TcpProxy, redis?: TcpProxy, issuer?: TcpProxy }} links what it reaches others by
 */

export class ClusterNode {
  /** @type {'down' | 'starting' | 'up' | 'paused'} */
  state = 'down';
  /** How often its process has been started. */
  starts = 0;
  /** What it said last before it ended by itself, if it did. @type {string | null} */
  crash = null;
  #group;
  #setup;
  /** @type {import('../services/start/processes.mjs').EndServer | undefined} */
  #process;
  /** The process id is nobody else's as long as this says so. */
  #isRunning = false;
  #isToEnd = false;

  /** @param {ServerGroup} group @param {NodeSetup} setup */
  constructor(group, setup) {
    this.#group = group;
    this.#setup = setup;
    this.client = new HttpClient(setup.port);
  }

  get name() {
    return this.#setup.name;
  }

  get kind() {
    return this.#setup.kind;
  }

  get links() {
    return this.#setup.links;
  }

  get port() {
    return this.#setup.port;
  }

  /** Is ready when this comes back; rejects with its own words when it ends before. */
  async start() {
    const { script, port, env } = this.#setup;
    this.state = 'starting';
    this.starts += 1;
    this.#isToEnd = false;
    const { PATH, HOME } = process.env;
    try {
      const started = await this.#group.start({
        command: process.execPath,
        args: [script],
        env: { PATH, HOME, PORT: String(port), ...env },
        ready: /listens on/,
        signal: 'SIGKILL',
        timeoutSeconds: 20,
      });
      this.#process = started;
      this.#isRunning = true;
      void started.ended.then(() => this.#ended(started));
      this.state = 'up';
    } catch (error) {
      this.state = 'down';
      throw error;
    }
  }

  /** Its process stands still between two instructions, and time goes on. */
  pause() {
    this.#signal('SIGSTOP');
    this.state = 'paused';
  }

  resume() {
    this.#signal('SIGCONT');
    this.state = 'up';
  }

  async kill() {
    this.expectEnd();
    await this.#process?.();
    this.state = 'down';
  }

  /** From now on its end is no crash. */
  expectEnd() {
    this.#isToEnd = true;
  }

  /** As an operator or a roll-out does it: it may finish what it has begun. */
  async end() {
    this.expectEnd();
    this.#signal('SIGTERM');
    const timer = setTimeout(() => this.#signal('SIGKILL'), 10_000);
    await this.#process?.ended;
    clearTimeout(timer);
    await this.kill();
  }

  /** The last of what it printed since its last start. */
  async lastWords(lines = 15) {
    return (await this.#lines()).slice(-lines).join('\n');
  }

  /** The last that it called an error, which is a fault in its code. */
  async lastErrors(lines = 2) {
    const errors = (await this.#lines()).filter((line) => line.includes('"level":"error"'));
    return errors.slice(-lines).join('\n');
  }

  /** @param {import('../services/start/processes.mjs').EndServer} ended */
  async #ended(ended) {
    if (this.#process !== ended) return;
    this.#isRunning = false;
    if (this.#isToEnd) return;
    this.state = 'down';
    this.crash ??= await this.lastWords(80);
  }

  async #lines() {
    const text = this.#process ? await readFile(this.#process.logFile, 'utf8') : '';
    return text.trimEnd().split('\n');
  }

  /** @param {NodeJS.Signals} signal */
  #signal(signal) {
    if (this.#process && this.#isRunning) process.kill(this.#process.pid, signal);
  }
}
