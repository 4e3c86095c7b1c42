// @ts-check
/** Suspends somebody every second, and lets them in again. */
import { logIn, newestOf } from '../../test/faults/members.mjs';

/**
 * @typedef {import('../../test/faults/members.mjs').Member} Member
 * @typedef {import('../../test/support/cluster/cluster-node.mjs').ClusterNode} ClusterNode
 *
 * @typedef {object} OperatorSetup
 * @property {import('../../test/support/cluster/cluster.mjs').Cluster} cluster
 * @property {import('../../test/faults/checker.mjs').Checker} checker
 * @property {import('../../test/faults/load.mjs').Load} load
 * @property {import('./board.mjs').Board} board
 * @property {Member[]} members
 */

const everyMs = 1_000;
const patienceMs = 30_000;
const reason = 'demo';

export class Operator {
  #isOn = true;
  #turn = 0;
  #setup;
  #running;

  /** @param {OperatorSetup} setup */
  constructor(setup) {
    this.#setup = setup;
    this.#running = Promise.all([this.#suspendEverySecond(), this.#lookAtNodes()]);
    this.#running.catch(() => undefined);
  }

  async stop() {
    this.#isOn = false;
    await this.#running;
    await this.#setup.load.stop();
  }

  /** One that waits for a lease does not keep the next from being called. */
  async #suspendEverySecond() {
    const { members } = this.#setup;
    /** @type {Set<Promise<void>>} */
    const underWay = new Set();
    while (this.#isOn) {
      await sleep(everyMs);
      const member = members.shift();
      if (!member) continue;
      const done = this.#suspend(member).finally(() => {
        members.push(member);
        underWay.delete(done);
      });
      underWay.add(done);
    }
    await Promise.all(underWay);
  }

  async #lookAtNodes() {
    while (this.#isOn) {
      await this.#setup.board.identify();
      await sleep(400);
    }
  }

  /** @param {Member} member */
  async #suspend(member) {
    const { checker, load, board } = this.#setup;
    const node = this.#nextServer();
    const token = newestOf(checker, member);
    const call = checker.revokeCalled('suspend', node.name, [member.id]);
    const answer = await this.#post(node, `/admin/users/${member.id}/suspend`);
    if (answer.status === 200) {
      const { user, revocation } = answer.body;
      checker.revokeAnswered(call, { version: user.tokenVersion });
      const tookMs = performance.now() - call.calledAt;
      board.revoked({ who: member.email, via: node.name, tookMs }, revocation.nodes);
      if (token) await load.everywhere(token);
    } else {
      board.failures += 1;
      checker.revokeUnknown(call, String(answer.status));
    }
    await this.#letIn(member);
  }

  /** @param {Member} member */
  async #letIn(member) {
    const { checker } = this.#setup;
    while (this.#isOn) {
      const node = this.#nextServer();
      const call = checker.revokeCalled('reactivate', node.name, [member.id]);
      const answer = await this.#post(node, `/admin/users/${member.id}/reactivate`);
      if (answer.status === 200) {
        checker.changeAnswered(call);
        if (typeof (await logIn(checker, this.#nextServer(), member)) !== 'number') return;
      } else checker.revokeUnknown(call, String(answer.status));
      await sleep(500);
    }
  }

  /** @param {ClusterNode} node @param {string} path */
  async #post(node, path) {
    const { cluster } = this.#setup;
    const options = { token: cluster.adminToken, body: { reason }, timeoutMs: patienceMs };
    const answer = await node.client.send('POST', path, options);
    if (answer.token) cluster.adminToken = answer.token;
    return answer;
  }

  /** In turn, as far as they are awake. */
  #nextServer() {
    const { servers } = this.#setup.cluster;
    const awake = servers.filter(({ state }) => state === 'up');
    const list = awake.length > 0 ? awake : servers;
    return /** @type {ClusterNode} */ (list[++this.#turn % list.length]);
  }
}

const sleep = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));
