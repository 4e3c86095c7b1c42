// @ts-check
/** What is known of each node at this moment. */

/**
 * @typedef {import('../../test/support/cluster/cluster.mjs').Cluster} Cluster
 * @typedef {import('../../test/support/cluster/cluster-node.mjs').ClusterNode} ClusterNode
 *
 * @typedef {object} Row
 * @property {ClusterNode} node
 * @property {string | null} id of its process, among the nodes of a revoke
 * @property {number | null} leaseLeftMs
 * @property {string} acknowledged how the last revoke ended for it
 * @property {number} refused
 * @property {number} unavailable
 * @property {{ at: number, tookMs: number }[]} recent accepted requests of the last seconds
 *
 * @typedef {object} LastRevoke
 * @property {string} who
 * @property {string} via
 * @property {number} tookMs
 */

const windowMs = 3_000;

export class Board {
  startedAt = performance.now();
  /** @type {LastRevoke | null} */
  lastRevoke = null;
  /** @type {number[]} */
  revokeTimes = [];
  /** Revokes without success, which were tried again. */
  failures = 0;
  /** @type {Row[]} */
  rows;

  /** @param {Cluster} cluster @param {import('../../test/faults/checker.mjs').Checker} checker */
  constructor(cluster, checker) {
    this.cluster = cluster;
    this.checker = checker;
    const empty = { id: null, leaseLeftMs: null, acknowledged: '–', refused: 0, unavailable: 0 };
    this.rows = cluster.nodes.map((node) => ({ node, ...empty, recent: [] }));
  }

  /** @param {ClusterNode} node @param {number} status @param {number} tookMs */
  observe(node, status, tookMs) {
    const row = this.rows.find((one) => one.node === node);
    if (!row) return;
    if (status === 401) row.refused += 1;
    else if (status === 503) row.unavailable += 1;
    if (status < 200 || status >= 500) return;
    row.recent.push({ at: performance.now(), tookMs });
  }

  /** @param {Row} row */
  rateOf(row) {
    const since = performance.now() - windowMs;
    row.recent = row.recent.filter(({ at }) => at > since);
    const times = row.recent.map(({ tookMs }) => tookMs);
    return { perSecond: (times.length * 1000) / windowMs, times };
  }

  /** Which process is which: asked of each, for ids are new at every start. */
  async identify() {
    const { adminToken, servers } = this.cluster;
    await Promise.all(
      servers.map(async (node) => {
        if (node.state !== 'up') return;
        const { status, body } = await node.client.get('/admin/overview', adminToken, 1_000);
        if (status === 200) this.#read(node, body);
      }),
    );
  }

  /** @param {ClusterNode} asked @param {any} overview */
  #read(asked, overview) {
    const own = this.rows.find(({ node }) => node === asked);
    if (own) own.id = overview.node;
    for (const { id, kind, leaseLeftMs, polledAt } of overview.nodes) {
      const service = this.rows.find(({ node }) => node.kind === 'service');
      if (kind === 'service' && service) {
        service.id = newest(overview.nodes, kind);
        if (service.id !== id) continue;
      }
      const row = this.rows.find((one) => one.id === id);
      if (row && polledAt) row.leaseLeftMs = leaseLeftMs;
    }
    for (const row of this.rows) {
      // Taken out of the list: nobody waits for it any more, and it trusts nothing.
      if (!overview.nodes.some((/** @type {any} */ { id }) => id === row.id)) row.leaseLeftMs = 0;
    }
  }

  /** @param {LastRevoke} revoke @param {readonly any[]} nodes */
  revoked(revoke, nodes) {
    this.lastRevoke = revoke;
    this.revokeTimes.push(revoke.tookMs);
    for (const row of this.rows) {
      const outcome = nodes.find(({ id }) => id === row.id);
      if (!outcome) row.acknowledged = 'not asked';
      else if (outcome.leaseEnded) row.acknowledged = 'lease ended';
      else row.acknowledged = `${outcome.acknowledgedAfterMs.toFixed(1)} ms`;
    }
  }
}

/** @param {readonly any[]} nodes @param {string} kind */
const newest = (nodes, kind) =>
  nodes
    .filter((node) => node.kind === kind)
    .toSorted((one, other) => one.polledAt.localeCompare(other.polledAt))
    .at(-1)?.id;
