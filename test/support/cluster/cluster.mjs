// @ts-check
/**
 * Four servers and the example service as real processes, on one database and a Redis of their own.
 * Between each of them and what it needs stands a proxy, so that it can be cut off alone.
 */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { explain, isMissing, startMongo, startRedis } from '../services/find-services.mjs';
import { freePort, openServerGroup } from '../services/start/processes.mjs';
import { ClusterNode } from './cluster-node.mjs';
import { findDatabase } from './database.mjs';
import { TcpProxy } from './tcp-proxy.mjs';

/** @typedef {import('../services/redis.mjs').OwnRedis & { uri: string, stop: () => Promise<void> }} Redis */

const root = fileURLToPath(new URL('../../../', import.meta.url));
const serverScript = join(root, 'dist/main.js');
const serviceScript = join(root, 'examples/orders-service/dist/main.js');

export const administrator = { email: 'admin@localhost', password: 'correct horse battery staple' };
/** Whom people log in to: their tokens are meant for the service, too. */
export const webApplication = 'orders-web';
/** The same, to be ended as a whole. */
export const otherApplication = 'orders-mobile';
/** Tokens of this one are over after ten seconds. */
export const briefApplication = 'orders-kiosk';

const policy = { accessTokenTtl: 3600, refreshAfter: 5, sessionTtl: 28_800, warnBefore: 120 };
const applications = [
  { id: 'orders-service', resourceServer: true, ...policy },
  { id: webApplication, resourceServer: false, ...policy },
  { id: otherApplication, resourceServer: false, ...policy },
  { id: briefApplication, ...policy, resourceServer: false, accessTokenTtl: 10, warnBefore: 2 },
];

export class Cluster {
  /** @type {ClusterNode[]} */
  servers = [];
  /** @type {ClusterNode[]} the servers, and the service last */
  nodes = [];
  /** What the service, and whoever asks for a key, takes for the issuer: one server at a time. */
  /** @type {TcpProxy} */
  issuer;
  /** @type {Redis | null} */
  redis = null;
  /** @type {string} of the administrator, good on every node until everybody is signed out */
  adminToken = '';
  /** What it runs on, for people to read. @type {string[]} */
  services = [];
  /** @type {(() => Promise<unknown>)[]} */
  #cleanUp = [];

  #proxies;

  /** @param {TcpProxy} issuer @param {boolean} proxies */
  constructor(issuer, proxies) {
    this.issuer = issuer;
    this.#proxies = proxies;
  }

  /**
   * @param {{ leaseSeconds: number, redis?: boolean, servers?: number, proxies?: boolean }} options
   *   without proxies servers talk to what they need directly, for measuring
   * @returns {Promise<Cluster>}
   */
  static async start({ leaseSeconds, redis = true, servers = 4, proxies = true }) {
    const cluster = new Cluster(await TcpProxy.start(1), proxies);
    cluster.#cleanUp.push(() => cluster.issuer.stop());
    try {
      await cluster.#startAll(leaseSeconds, redis, servers);
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  get service() {
    return /** @type {ClusterNode} */ (this.nodes.at(-1));
  }

  /** A fresh administrator session, on the first server. */
  async signInAdministrator() {
    const [first] = /** @type {[ClusterNode]} */ (this.servers);
    const answer = await first.client.send('POST', '/auth/login', { body: administrator });
    if (answer.status !== 200) throw new Error(`the administrator cannot log in: ${say(answer)}`);
    this.adminToken = answer.body.accessToken;
  }

  async stop() {
    for (const node of new Set([...this.servers, ...this.nodes])) {
      node.expectEnd();
      node.client.close();
    }
    for (const step of this.#cleanUp.reverse()) {
      // One that fails must not keep the others from being done, nor hide why all this ends.
      await step().catch((error) => console.error(`at the end: ${error.message}`));
    }
    this.#cleanUp = [];
  }

  /** @param {number} leaseSeconds @param {boolean} withRedis @param {number} count */
  async #startAll(leaseSeconds, withRedis, count) {
    const mongo = found('MongoDB', await startMongo());
    this.#cleanUp.push(() => mongo.stop());
    const database = findDatabase(mongo.uri, `portcullis_${randomBytes(6).toString('hex')}`);
    this.#cleanUp.push(() => database.drop());
    if (withRedis) {
      this.redis = /** @type {Redis} */ (found('Redis', await startRedis({ own: true })));
    }
    this.#cleanUp.push(async () => this.redis?.stop());
    this.services = [mongo.how, withRedis ? 'a redis-server of its own' : 'no Redis'];

    const group = await openServerGroup();
    this.#cleanUp.push(() => group.close());
    const env = {
      ISSUER_URL: `http://127.0.0.1:${this.issuer.port}`,
      KEYS_SECRET: randomBytes(24).toString('hex'),
      ADMIN_EMAIL: administrator.email,
      ADMIN_PASSWORD: administrator.password,
      ACCESS_TOKEN_TTL: String(policy.accessTokenTtl),
      REVOCATION_LEASE: String(leaseSeconds),
      THROTTLE: 'off',
      LOG_LEVEL: 'warn',
    };
    for (let index = 1; index <= count; index += 1) {
      this.servers.push(await this.#prepareServer(group, `node ${index}`, env, database));
    }
    // The first alone: it makes the keys and the administrator that the others find.
    const [first, ...others] = /** @type {[ClusterNode, ...ClusterNode[]]} */ (this.servers);
    await first.start();
    this.issuer.leadTo(first.port);
    await this.signInAdministrator();
    const [secret] = await Promise.all([
      this.#createApplications(first),
      ...others.map((node) => node.start()),
    ]);
    const service = await this.#prepareService(group, secret);
    this.nodes = [...this.servers, service];
    await service.start();
  }

  /**
   * @param {import('../services/start/processes.mjs').ServerGroup} group
   * @param {string} name
   * @param {NodeJS.ProcessEnv} shared
   * @param {import('./database.mjs').TestDatabase} database
   */
  async #prepareServer(group, name, shared, database) {
    const links = {
      database: await this.#link(database.port),
      ...(this.redis && { redis: await this.#link(this.redis.port) }),
    };
    const portOf = (/** @type {TcpProxy} */ link) => (this.#proxies ? link.port : link.targetPort);
    const folder = join(group.folder, name.replace(' ', '-'));
    await mkdir(folder);
    const env = {
      ...shared,
      DATA_DIR: folder,
      MONGODB_URI: database.uriAt(portOf(links.database)),
      ...(links.redis && { REDIS_URL: `redis://127.0.0.1:${portOf(links.redis)}` }),
    };
    const port = await freePort();
    return new ClusterNode(group, { name, kind: 'server', script: serverScript, port, env, links });
  }

  /** @param {import('../services/start/processes.mjs').ServerGroup} group @param {string} secret */
  async #prepareService(group, secret) {
    const env = {
      ISSUER_URL: `http://127.0.0.1:${this.issuer.port}`,
      CLIENT_ID: 'orders-service',
      CLIENT_SECRET: secret,
    };
    const setup = { name: 'orders', script: serviceScript, port: await freePort(), env };
    return new ClusterNode(group, { ...setup, kind: 'service', links: { issuer: this.issuer } });
  }

  /** @param {ClusterNode} node @returns {Promise<string>} the service's secret */
  async #createApplications(node) {
    const secrets = [];
    for (const application of applications) {
      const body = { name: application.id, audience: 'orders-service', allowedOrigins: [] };
      const answer = await node.client.send('POST', '/admin/applications', {
        token: this.adminToken,
        body: { ...body, enabled: true, ...application },
      });
      if (answer.status !== 201) throw new Error(`no application: ${say(answer)}`);
      secrets.push(answer.body.secret);
    }
    return secrets[0];
  }

  /** @param {number} port */
  async #link(port) {
    const proxy = await TcpProxy.start(port);
    this.#cleanUp.push(() => proxy.stop());
    return proxy;
  }
}

/** @param {import('./http-client.mjs').Answer} answer */
const say = ({ status, body, failure }) => failure ?? `${status} ${JSON.stringify(body)}`;

/**
 * @template {object} S
 * @param {string} name
 * @param {S | import('../services/start/service.mjs').Missing} service
 * @returns {S}
 */
function found(name, service) {
  if (isMissing(service)) throw new Error(`${name}: ${explain(/** @type {any} */ (service))}`);
  return /** @type {S} */ (service);
}
