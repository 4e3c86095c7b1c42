// @ts-check
/** What can be done to the nodes, and the keys for it. */

/** @typedef {import('../../test/support/cluster/cluster-node.mjs').ClusterNode} ClusterNode */

/** How soon whoever balances the load notices that a server is gone. */
const balanceEveryMs = 1_000;

export class Switches {
  chosen = 0;
  /** What was done last. */
  note = '';
  /** @type {Set<ClusterNode>} */
  cutOff = new Set();
  #cluster;
  #outages;
  #leadsTo;
  #timer;

  /**
   * @param {import('../../test/support/cluster/cluster.mjs').Cluster} cluster
   * @param {import('../../test/faults/outages.mjs').Outages} outages
   */
  constructor(cluster, outages) {
    this.#cluster = cluster;
    this.#outages = outages;
    this.#leadsTo = cluster.servers[0];
    this.#timer = setInterval(() => this.#balance(), balanceEveryMs);
  }

  /** The server that the service talks to. */
  get issuer() {
    return this.#leadsTo?.name ?? '';
  }

  /** @param {string} key */
  press(key) {
    const node = this.#cluster.nodes[this.chosen];
    const { redis } = this.#cluster;
    if (/^[1-9]$/.test(key) && Number(key) <= this.#cluster.nodes.length)
      this.chosen = Number(key) - 1;
    else if (key === 'p' && node) this.#pauseOrResume(node);
    else if (key === 'k' && node) this.#killOrStart(node);
    else if (key === 'c' && node) this.#cutOrRejoin(node);
    else if (key === 'r' && redis) {
      this.note = 'Redis restarts, empty';
      void redis.restart().then(() => (this.note = 'Redis has restarted, empty'));
    }
  }

  /** Before the end: what is stopped or cut off would be waited for. */
  allWell() {
    clearInterval(this.#timer);
    for (const node of this.#cluster.nodes) {
      if (node.state === 'paused') node.resume();
      if (this.cutOff.has(node)) this.#cutOrRejoin(node);
    }
  }

  /** @param {ClusterNode} node */
  #pauseOrResume(node) {
    if (node.state === 'up') node.pause();
    else if (node.state === 'paused') node.resume();
    else return;
    this.note = `${node.name} ${node.state === 'paused' ? 'is stopped in mid-step' : 'goes on'}`;
  }

  /** @param {ClusterNode} node */
  #killOrStart(node) {
    if (node.state === 'starting') return;
    if (node.state !== 'down') {
      void node.kill();
      this.note = `${node.name} is killed`;
      return;
    }
    this.note = `${node.name} starts anew`;
    node.start().catch(() => (this.note = `${node.name} does not start: is it cut off?`));
  }

  /** @param {ClusterNode} node */
  #cutOrRejoin(node) {
    const isCutOff = this.cutOff.delete(node);
    if (!isCutOff) this.cutOff.add(node);
    for (const link of Object.values(node.links)) {
      if (isCutOff) {
        this.#outages.end(link);
        link.release();
      } else {
        link.cut();
        this.#outages.begin(link);
      }
    }
    const from = node.kind === 'service' ? 'the server' : 'database and Redis';
    this.note = `${node.name} is ${isCutOff ? 'connected again to' : 'cut off from'} ${from}`;
  }

  #balance() {
    const isGood = (/** @type {ClusterNode} */ node) =>
      node.state === 'up' && !this.cutOff.has(node);
    if (this.#leadsTo && isGood(this.#leadsTo)) return;
    const other = this.#cluster.servers.find(isGood);
    if (!other) return;
    this.#leadsTo = other;
    this.#cluster.issuer.leadTo(other.port);
  }
}

/** @param {Switches} switches @param {() => void} quit @returns {() => void} stops listening */
export function listenToKeys(switches, quit) {
  const { stdin } = process;
  if (!stdin.isTTY) return () => undefined;
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.on('data', (keys) => {
    for (const key of String(keys)) {
      // In raw mode Ctrl-C is a key like any other.
      if (key === 'q' || key === '\u0003') quit();
      else switches.press(key);
    }
  });
  return () => {
    stdin.setRawMode(false);
    stdin.pause();
  };
}
