// @ts-check
/** Each fault once, by itself, and what it costs: `npm run test:faults -- --scenarios`. */
import { webApplication } from '../support/cluster/cluster.mjs';
import { Checker } from './checker.mjs';
import { logIn, registerMembers } from './members.mjs';
import { Watch } from './watch.mjs';

/**
 * @typedef {import('../support/cluster/cluster.mjs').Cluster} Cluster
 * @typedef {import('../support/cluster/cluster-node.mjs').ClusterNode} ClusterNode
 * @typedef {import('./accounts.mjs').Token} Token
 * @typedef {import('./members.mjs').Member} Member
 * @typedef {Pick<import('./options.mjs').Options, 'leaseSeconds' | 'slackMs'>} Limits
 */

const recoverWithinMs = 2_000;

/** @param {Cluster} cluster @param {Limits} limits @returns {Promise<boolean>} whether all went as promised */
export async function runScenarios(cluster, { leaseSeconds, slackMs }) {
  const leaseMs = leaseSeconds * 1000;
  const members = await registerMembers(cluster, 6, () => webApplication);
  const run = new Run(cluster, leaseMs, slackMs, members);
  await run.aNodeIsKilled();
  await run.aNodeIsStopped();
  await run.everythingIsGone('held up', () => undefined);
  await run.everythingIsGone('cut', async () => cluster.redis?.down());
  await run.aServiceIsCutOff();
  console.log(run.faults.length === 0 ? '\nAll as promised.' : `\n${run.faults.join('\n')}`);
  return run.faults.length === 0;
}

class Run {
  /** @type {string[]} */
  faults = [];
  #checker = new Checker(() => performance.now());

  /** @param {Cluster} cluster @param {number} leaseMs @param {number} slackMs @param {Member[]} members */
  constructor(cluster, leaseMs, slackMs, members) {
    this.cluster = cluster;
    this.leaseMs = leaseMs;
    this.slackMs = slackMs;
    this.members = members;
  }

  async aNodeIsKilled() {
    const { nodes, servers } = this.cluster;
    const victim = /** @type {ClusterNode} */ (servers.at(-1));
    const healthy = nodes.filter((node) => node !== victim);
    const { member, token } = await this.#warm();
    await victim.kill();
    const calledAt = performance.now();
    const watches = healthy.map((node) => new Watch(node, token.text).untilRefused(calledAt));
    const revoke = await this.#suspend(member);
    const refused = await Promise.all(watches);
    const ended = revoke.nodes.filter(({ leaseEnded }) => leaseEnded).length;
    const next = await this.#suspend(member);
    await victim.start();
    const reborn = await new Watch(victim, token.text).once();
    console.log(`\nA node is killed, and a user suspended at once:
  answered after ${ms(revoke.tookMs)}, where ${ended} of ${revoke.nodes.length} leases ended
  healthy nodes refused ${refused.map(ms).join(', ')} after the call
  the next revoke took ${ms(next.tookMs)}; the node started anew answered ${reborn.status}`);
    this.#expect(ended === 1, `of one node killed ${ended} leases ended`);
    this.#expect(revoke.tookMs <= this.leaseMs + this.slackMs, `a revoke took ${revoke.tookMs} ms`);
    this.#expect(Math.max(...refused) <= this.slackMs, 'a healthy node accepted for too long');
    this.#expect(next.tookMs < this.leaseMs / 2, 'the dead node is waited for twice');
    this.#expect(reborn.status === 401, 'the node accepts after its restart');
  }

  async aNodeIsStopped() {
    const [, victim] = /** @type {[ClusterNode, ClusterNode]} */ (this.cluster.servers);
    const { member, token } = await this.#warm();
    const { token: good } = await this.#warm();
    victim.pause();
    const revoke = await this.#suspend(member);
    // These wait in front of it, and are all it sees when it wakes.
    const dead = [1, 2, 3, 4].map(() => new Watch(victim, token.text).once());
    await sleep(this.leaseMs / 2);
    victim.resume();
    const answers = await Promise.all(dead);
    const backMs = await new Watch(victim, good.text).untilAccepted(performance.now());
    const statuses = answers.map(({ status }) => status);
    console.log(`\nA node is stopped for a lease and a half, and a user suspended meanwhile:
  answered after ${ms(revoke.tookMs)}; what waited in front of the node got ${statuses.join(', ')}
  others it served again ${ms(backMs)} after it woke`);
    this.#expect(!statuses.some(isAccepted), 'a node that woke accepted an earlier token');
    this.#expect(backMs <= recoverWithinMs, 'a node that woke did not serve again');
  }

  /** @param {string} how @param {() => unknown} stopRedis */
  async everythingIsGone(how, stopRedis) {
    const { nodes, servers, redis } = this.cluster;
    const { token } = await this.#warm();
    const links = servers.flatMap((node) => Object.values(node.links));
    const since = performance.now();
    for (const link of links) how === 'cut' ? link.cut() : link.hold();
    await stopRedis();
    const watches = nodes.map((node) =>
      new Watch(node, token.text).until(since + this.leaseMs + 2_000),
    );
    const seen = await Promise.all(watches);
    if (how === 'cut') await redis?.up();
    const again = performance.now();
    for (const link of links) link.release();
    const back = await Promise.all(
      nodes.map((node) => new Watch(node, token.text).untilAccepted(again)),
    );
    const lasted = seen.map(({ lastAcceptedAt }) => lastAcceptedAt - since);
    const first = seen.map(({ firstUnavailableAt }) => firstUnavailableAt - since);
    const others = seen.flatMap(({ others }) => others);
    console.log(`\nDatabase and Redis are ${how} for all nodes:
  warm requests were let in for ${lasted.map(ms).join(', ')}
  and got 503 from ${first.map(ms).join(', ')} on; anything else: ${others.join(', ') || 'nothing'}
  when they came back, so did service, after ${back.map(ms).join(', ')}`);
    this.#expect(others.length === 0, `${how}: answers were ${others.join(', ')}`);
    // The lease counts from the last poll, and there are five of them in one.
    const least = this.leaseMs * 0.8 - this.slackMs;
    this.#expect(Math.min(...lasted) >= least, `${how}: warm requests ended early`);
    this.#expect(Math.max(...lasted) <= this.leaseMs + 30, `${how}: let in after the lease`);
    this.#expect(Math.max(...back) <= recoverWithinMs, `${how}: service did not come back in time`);
  }

  async aServiceIsCutOff() {
    const { service, issuer } = this.cluster;
    const { member, token } = await this.#warm();
    const since = performance.now();
    issuer.hold();
    const watch = new Watch(service, token.text).until(since + this.leaseMs + 1_000);
    const revoke = await this.#suspend(member);
    const answeredAt = performance.now();
    const after = await new Watch(service, token.text).once();
    const { lastAcceptedAt } = await watch;
    const again = performance.now();
    issuer.release();
    const refused = await new Watch(service, token.text).untilRefused(again);
    console.log(`\nThe service is cut off from the server, and a user suspended meanwhile:
  answered after ${ms(revoke.tookMs)}; the service let in until ${ms(lastAcceptedAt - since)}
  the first request after the answer got ${after.status}; connected again it said 401 after ${ms(refused)}`);
    this.#expect(lastAcceptedAt < answeredAt, 'the service let in after the answer');
    this.#expect(!isAccepted(after.status), 'the service let in after the answer');
    this.#expect(revoke.tookMs <= this.leaseMs + this.slackMs, `a revoke took ${revoke.tookMs} ms`);
    this.#expect(refused <= recoverWithinMs, 'the service did not come back in time');
  }

  /** Somebody whose token every node has in memory. */
  async #warm() {
    const { nodes } = this.cluster;
    const member = /** @type {Member} */ (this.members.shift());
    const [, first] = /** @type {[ClusterNode, ClusterNode]} */ (nodes);
    const token = await logIn(this.#checker, first, member);
    if (typeof token === 'number') throw new Error(`the login answered ${token}`);
    for (const node of nodes) await new Watch(node, token.text).untilAccepted(performance.now());
    // Polls that the last fault held up have ended, and leases are as old as they are at all times.
    await sleep(this.leaseMs / 2 + 500);
    for (const node of nodes) await new Watch(node, token.text).untilAccepted(performance.now());
    return { member, token };
  }

  /** @param {Member} member */
  async #suspend(member) {
    const [first] = /** @type {[ClusterNode]} */ (this.cluster.servers);
    const calledAt = performance.now();
    const answer = await first.client.send('POST', `/admin/users/${member.id}/suspend`, {
      token: this.cluster.adminToken,
      body: { reason: 'scenario' },
      timeoutMs: 3 * this.leaseMs + 10_000,
    });
    if (answer.status !== 200) throw new Error(`not suspended: ${JSON.stringify(answer)}`);
    /** @type {{ id: string, leaseEnded?: boolean }[]} */
    const nodes = answer.body.revocation.nodes;
    return { tookMs: performance.now() - calledAt, nodes };
  }

  /** @param {boolean} isSo @param {string} fault */
  #expect(isSo, fault) {
    if (!isSo) this.faults.push(`NOT AS PROMISED: ${fault}`);
  }
}

/** @param {number} status */
const isAccepted = (status) => status >= 200 && status < 300;
const ms = (/** @type {number} */ value) => `${value.toFixed(value < 100 ? 1 : 0)} ms`;
const sleep = (/** @type {number} */ time) => new Promise((resolve) => setTimeout(resolve, time));
