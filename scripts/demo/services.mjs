// @ts-check
/** What the demos start: processes that are waited for, on ports that were looked at before. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const administrator = { email: 'admin@localhost', password: 'correct horse battery staple' };

/** Says which port is taken, by which of ours it was wanted, and what to do. @param {Record<string, number>} ports */
export async function expectFree(ports) {
  for (const [name, port] of Object.entries(ports)) {
    const probe = createServer();
    await new Promise((resolve, reject) => {
      probe.once('error', () =>
        reject(
          new Error(
            `Port ${port}, for ${name}, is taken: stop what listens there, or give other ports.`,
          ),
        ),
      );
      probe.listen(port, '127.0.0.1', () => probe.close(resolve));
    });
  }
}

/** An auth server on a fresh folder and the orders service, and what ends them. */
export class Services {
  /** @type {import('node:child_process').ChildProcess[]} */
  #children = [];
  #dataDir = '';

  /** @param {string} issuer @param {string} orders */
  constructor(issuer, orders) {
    this.issuer = issuer;
    this.orders = orders;
  }

  /** @param {Record<string, string>} [env] */
  async startServer(env = {}) {
    this.#dataDir = await mkdtemp(join(tmpdir(), 'portcullis-demo-'));
    await this.#start('auth server', 'dist/main.js', `${this.issuer}/health/ready`, {
      PORT: new URL(this.issuer).port,
      ISSUER_URL: this.issuer,
      DATA_DIR: this.#dataDir,
      ADMIN_EMAIL: administrator.email,
      ADMIN_PASSWORD: administrator.password,
      LOG_LEVEL: 'warn',
      ...env,
    });
  }

  /** @param {string} secret @param {Record<string, string>} [env] */
  async startOrders(secret, env = {}) {
    const main = 'examples/orders-service/dist/main.js';
    await this.#start('orders service', main, `${this.orders}/orders`, {
      PORT: new URL(this.orders).port,
      ISSUER_URL: this.issuer,
      CLIENT_ID: 'orders-service',
      CLIENT_SECRET: secret,
      ...env,
    });
  }

  /** As the administrator: the applications, in this order. @param {object[]} applications @returns {Promise<string[]>} their secrets */
  async register(applications) {
    const { accessToken } = await this.call('/auth/login', administrator);
    const secrets = [];
    for (const application of applications) {
      const { secret } = await this.call('/admin/applications', application, accessToken);
      secrets.push(secret);
    }
    return secrets;
  }

  /** @param {string} path @param {object} body @param {string} [token] */
  async call(path, body, token) {
    const headers = {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    };
    const response = await fetch(this.issuer + path, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${answer.detail}`);
    return answer;
  }

  async stop() {
    const ended = this.#children.map(
      (child) => child.exitCode ?? new Promise((resolve) => child.once('exit', resolve)),
    );
    for (const child of this.#children) if (child.exitCode === null) child.kill('SIGTERM');
    await Promise.all(ended);
    if (this.#dataDir) await rm(this.#dataDir, { recursive: true, force: true });
  }

  /**
   * Starts a process and waits until it answers; any answer will do, a 401 too.
   *
   * @param {string} name @param {string} main @param {string} url @param {Record<string, string>} env
   */
  async #start(name, main, url, env) {
    // Embedded, whatever this shell is set up for: a demo must leave nobody's database changed.
    const { MONGODB_URI: _mongo, REDIS_URL: _redis, ...inherited } = process.env;
    const child = spawn(process.execPath, [main], {
      env: { ...inherited, ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    this.#children.push(child);
    let exited = false;
    child.once('exit', () => (exited = true));
    for (let attempt = 0; attempt < 300; attempt++) {
      if (exited) throw new Error(`the ${name} did not start; its own words are above`);
      const answers = await fetch(url).then(
        () => true,
        () => false,
      );
      if (answers) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`the ${name} did not answer within 30 seconds`);
  }
}

/** A policy of sessions, in seconds. */
export const policy = {
  accessTokenTtl: 600,
  refreshAfter: 10,
  sessionTtl: 28_800,
  warnBefore: 120,
};

/** What each of the demos' applications has. @param {string[]} [allowedOrigins] @param {object} [own] */
export const application = (allowedOrigins = [], own = policy) => ({
  audience: 'orders-service',
  allowedOrigins,
  enabled: true,
  resourceServer: false,
  ...own,
});
