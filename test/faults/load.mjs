// @ts-check
/** Clients: so many requests a second over all nodes, whatever they answer, and never more at once than a node may owe. */
import { createHmac, randomBytes } from 'node:crypto';
import { briefApplication } from '../support/cluster/cluster.mjs';
import { logIn, someTokenOf } from './members.mjs';

/**
 * @typedef {import('./members.mjs').Member} Member
 * @typedef {import('./members.mjs').Token} Token
 * @typedef {import('../support/cluster/cluster-node.mjs').ClusterNode} ClusterNode
 *
 * @typedef {object} LoadSetup
 * @property {import('../support/cluster/cluster.mjs').Cluster} cluster
 * @property {import('./checker.mjs').Checker} checker
 * @property {import('./outages.mjs').Outages} outages
 * @property {import('../support/cluster/random.mjs').Random} random
 * @property {readonly Member[]} members
 * @property {number} rate requests a second
 * @property {(node: ClusterNode, status: number, tookMs: number) => void} [observe] every answer
 */

const tickMs = 10;
const maxOwedByNode = 24;
/** What is sent on purpose after a revoke may be more. */
const maxOwedInAll = 60;
/** Longer than any pause: what waits in front of a stopped node is what it must not let in when it wakes. */
const patienceMs = 40_000;
const bogusShare = 0.02;

export class Load {
  /** @type {Map<ClusterNode, number>} */
  #owed = new Map();
  #setup;
  #isOn = true;
  /** @type {Promise<void>} */
  #running;
  /** How long accepted requests took. @type {number[]} */
  latencies = [];
  /** @type {Token | undefined} */
  #expired;

  /** @param {LoadSetup} setup */
  constructor(setup) {
    this.#setup = setup;
    this.#running = this.#run();
    this.#running.catch(() => undefined);
  }

  /** Once every answer has come, or cannot come any more. */
  async stop() {
    this.#isOn = false;
    await this.#running;
    while ([...this.#owed.values()].some((owed) => owed > 0)) await sleep(20);
  }

  /**
   * The same token at every node at once.
   *
   * @param {Token} token
   */
  async everywhere(token) {
    await Promise.all(this.#setup.cluster.nodes.map((node) => this.send(node, token)));
  }

  /** @param {ClusterNode} node @param {Token} token */
  async send(node, token) {
    if (node.state === 'down' || node.state === 'starting') return;
    if ((this.#owed.get(node) ?? 0) >= maxOwedInAll) return;
    const { checker, outages } = this.#setup;
    const path = this.#pathOf(node);
    const sentAt = performance.now();
    const answer = await this.#exchange(node, path, token.text);
    this.#setup.observe?.(node, answer.status, performance.now() - sentAt);
    const exchange = { node: node.name, path, sentAt, ...statusOf(answer) };
    checker.answered(token, exchange);
    if (answer.status < 200 || answer.status >= 300) return;
    this.latencies.push(performance.now() - sentAt);
    const since = outages.cutOffSince(node);
    if (since !== null && sentAt > since + outages.leaseMs) {
      const ms = Math.round(sentAt - since);
      const text = `${node.name} let somebody in ${ms} ms after it was cut off`;
      checker.uncheckedAccept(token.user, text);
    }
    if (answer.token && answer.token !== token.text) checker.slid(token, answer.token);
  }

  async #run() {
    const { random, rate, cluster } = this.#setup;
    let due = 0;
    let last = performance.now();
    this.#expired = await this.#expiringToken();
    while (this.#isOn) {
      await sleep(tickMs);
      const now = performance.now();
      // After a hiccup of our own there is nothing to catch up with.
      due = Math.min(due + ((now - last) * rate) / 1000, rate / 10);
      last = now;
      for (; due >= 1; due -= 1) {
        const node = random.pick(cluster.nodes);
        if ((this.#owed.get(node) ?? 0) < maxOwedByNode) void this.#sendSomething(node);
      }
    }
  }

  /** @param {ClusterNode} node */
  async #sendSomething(node) {
    const { random, checker, members } = this.#setup;
    if (random.chance(bogusShare)) return this.#sendBogus(node);
    const token = someTokenOf(checker, random.pick(members), random);
    if (token) await this.send(node, token);
  }

  /** @param {ClusterNode} node */
  async #sendBogus(node) {
    if (node.state === 'down' || node.state === 'starting') return;
    const { random, checker, members } = this.#setup;
    const real = someTokenOf(checker, random.pick(members), random);
    const [what, text] = random.pick(bogusTokens(real?.text ?? '', this.#expired?.text ?? ''));
    const path = this.#pathOf(node);
    const sentAt = performance.now();
    const answer = await this.#exchange(node, path, text);
    const { status } = answer;
    const isOver = this.#expired && sentAt > this.#expired.knownAt + 11_000;
    if (what !== 'an expired token' || isOver) {
      checker.bogusAnswered(what, { node: node.name, path, sentAt, status });
    }
  }

  /** @param {ClusterNode} node @param {string} path @param {string} token */
  async #exchange(node, path, token) {
    this.#owed.set(node, (this.#owed.get(node) ?? 0) + 1);
    try {
      return await node.client.send('GET', path, { token, timeoutMs: patienceMs });
    } finally {
      this.#owed.set(node, (this.#owed.get(node) ?? 0) - 1);
    }
  }

  /** Some need the database after the check, others nothing but the check. @param {ClusterNode} node */
  #pathOf(node) {
    if (node.kind === 'service') return '/orders';
    return this.#setup.random.chance(0.4) ? '/users/me' : '/auth/verify';
  }

  /** Of an account of its own, so that nothing but time ends it. */
  async #expiringToken() {
    const { cluster, checker, members } = this.#setup;
    const member = { ...members[0], application: briefApplication };
    const [node] = cluster.servers;
    if (!node) return undefined;
    const token = await logIn(checker, node, /** @type {Member} */ (member));
    if (typeof token === 'number') return undefined;
    const { tokens } = checker.account(token.user);
    tokens.splice(tokens.indexOf(token), 1);
    return token;
  }
}

/** @param {import('../support/cluster/http-client.mjs').Answer} answer */
export const statusOf = ({ status, body, failure }) => ({
  status,
  code: failure ?? body?.code ?? '',
});

/** @param {string} real @param {string} expired @returns {(readonly [string, string])[]} */
function bogusTokens(real, expired) {
  const [header = '', claims = '', signature = ''] = real.split('.');
  const encode = (/** @type {object} */ value) =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = encode({ alg: 'none', typ: 'at+jwt' });
  const symmetric = encode({ alg: 'HS256', typ: 'at+jwt', kid: 'x' });
  const hmac = createHmac('sha256', 'x').update(`${symmetric}.${claims}`).digest('base64url');
  return [
    ['garbage', randomBytes(24).toString('base64url')],
    ['a token without a signature', `${unsigned}.${claims}.`],
    ['a token signed with a guess', `${symmetric}.${claims}.${hmac}`],
    ['another signature', `${header}.${claims}.${randomBytes(64).toString('base64url')}`],
    ['changed claims', `${header}.${encode({ sub: 'x', ver: 99 })}.${signature}`],
    ['an expired token', expired],
  ];
}

const sleep = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));
