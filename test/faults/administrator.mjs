// @ts-check
/** Ends what people have, by every way there is, through any node; they log in again. */
import { chooseChanges } from './changes.mjs';
import { logIn, newestOf } from './members.mjs';
import { statusOf } from './load.mjs';

/**
 * @typedef {import('./members.mjs').Member} Member
 * @typedef {import('./accounts.mjs').Token} Token
 * @typedef {import('./changes.mjs').Change} Change
 * @typedef {import('../support/cluster/cluster-node.mjs').ClusterNode} ClusterNode
 *
 * @typedef {object} AdministratorSetup
 * @property {import('../support/cluster/cluster.mjs').Cluster} cluster
 * @property {import('./checker.mjs').Checker} checker
 * @property {import('./load.mjs').Load} load
 * @property {import('./pace.mjs').Pace} pace
 * @property {import('./revoke-times.mjs').RevokeTimes} times
 * @property {import('../support/cluster/random.mjs').Random} random
 * @property {readonly Member[]} members of this one alone
 */

/** Longer than any pause and the wait for a lease after it. */
const patienceMs = 40_000;

export class Administrator {
  #setup;
  #isOn = true;
  #running;

  /** @param {AdministratorSetup} setup */
  constructor(setup) {
    this.#setup = setup;
    this.#running = this.#run();
    this.#running.catch(() => undefined);
  }

  /** Rejects with what ended it early. */
  async stop() {
    this.#isOn = false;
    await this.#running;
  }

  async #run() {
    const { random, pace, members } = this.#setup;
    for (let turn = 0; this.#isOn; turn += 1) {
      const member = /** @type {Member} */ (members[turn % members.length]);
      const token = await this.#signIn(member);
      if (!token) continue;
      // Now every node knows this one, and has it in memory when the revoke comes.
      await Promise.race([this.#setup.load.everywhere(token), sleep(300)]);
      if (!(await pace.next(() => this.#isOn))) return;
      const current = newestOf(this.#setup.checker, member) ?? token;
      const changes = chooseChanges({ member, token: current, members, random });
      await Promise.all(changes.map((change) => this.#insist(change)));
      if (random.chance(0.05) && member.isSuspended) await this.#expectNoLogin(member);
      if (member.isSuspended) await this.#reactivate(member);
      // The next turn is long after: until then clients use what they get here.
      await this.#signIn(member);
    }
  }

  /** @param {Member} member @returns {Promise<Token | undefined>} */
  async #signIn(member) {
    const { checker } = this.#setup;
    const known = newestOf(checker, member);
    if (known && known.doomedAt === Infinity) return known;
    const token = await logIn(checker, this.#anyServer(), member);
    if (typeof token !== 'number') return token;
    // A suspension without an answer has happened after all.
    if (token === 403) await this.#reactivate(member);
    else await sleep(100);
    return undefined;
  }

  /** Again and again, until it is certain. @param {Change} change */
  async #insist(change) {
    for (let attempt = 0; attempt < 12 && this.#isOn; attempt += 1) {
      const done = await this.#attempt(this.#anyServer(), change);
      if (done) return;
      await sleep(150);
    }
  }

  /** @param {ClusterNode} node @param {Change} change @returns {Promise<boolean>} */
  async #attempt(node, { what, method, path, body, token, members, covers }) {
    const { checker, cluster, load, times } = this.#setup;
    const last = members.map((member) => newestOf(checker, member));
    const call = checker.revokeCalled(
      what,
      node.name,
      members.map(({ id }) => id),
      covers,
    );
    const [member] = /** @type {[Member]} */ (members);
    if (what === 'suspend') member.isSuspended = true;
    const answer = await node.client.send(method, path, {
      token: token ?? cluster.adminToken,
      ...(body && { body }),
      timeoutMs: patienceMs,
    });
    if (answer.status !== 200 && answer.status !== 204) {
      const { status, code } = statusOf(answer);
      times.failed(what, `${status || code}`);
      checker.revokeUnknown(call, `${status} ${code}`);
      if (status === 500)
        console.log(`500 for ${what} on ${node.name}: ${await node.lastErrors()}`);
      // There is no such session any more, or the token that asked is dead: nothing is left to end.
      return status === 404 || (status === 401 && token !== undefined);
    }
    if (what === 'roles' && !answer.body?.revocation) {
      checker.changeAnswered(call); // they were these already
      return true;
    }
    const version = answer.body?.user?.tokenVersion;
    const done = answer.body?.results?.filter((/** @type {any} */ { ok }) => ok);
    const users = done?.map((/** @type {any} */ { id }) => id);
    checker.revokeAnswered(call, {
      ...(version !== undefined && { version }),
      ...(users && { users }),
    });
    times.answered(what, call.calledAt, answer.body?.revocation);
    for (const dead of last) if (dead && dead.deadAt < Infinity) void load.everywhere(dead);
    return true;
  }

  /** @param {Member} member */
  async #reactivate(member) {
    const { checker, cluster, times } = this.#setup;
    for (let attempt = 0; attempt < 12 && this.#isOn; attempt += 1) {
      const node = this.#anyServer();
      const call = checker.revokeCalled('reactivate', node.name, [member.id]);
      const path = `/admin/users/${member.id}/reactivate`;
      const token = cluster.adminToken;
      const options = { token, body: {}, timeoutMs: patienceMs };
      const answer = await node.client.send('POST', path, options);
      if (answer.status === 200) {
        checker.changeAnswered(call);
        checker.seen(member.id, answer.body.user.tokenVersion, call.floor);
        member.isSuspended = false;
        times.reactivated();
        return;
      }
      const { status, code } = statusOf(answer);
      checker.revokeUnknown(call, `${status} ${code}`);
      await sleep(150);
    }
  }

  /** @param {Member} member */
  async #expectNoLogin(member) {
    const { checker } = this.#setup;
    if (checker.account(member.id).unsettledUntil > performance.now()) return;
    const token = await logIn(checker, this.#anyServer(), member);
    if (typeof token !== 'number') checker.lost(member.id, 'a suspended account could log in');
  }

  /** One that looks as if it would answer, mostly. */
  #anyServer() {
    const { cluster, random } = this.#setup;
    const awake = cluster.servers.filter(({ state }) => state === 'up');
    return random.pick(awake.length > 0 && random.chance(0.9) ? awake : cluster.servers);
  }
}

const sleep = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));
