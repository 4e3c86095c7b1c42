// @ts-check
/** Since when a node has certainly heard nothing of the log. */

/** @typedef {import('../support/cluster/cluster-node.mjs').ClusterNode} ClusterNode */

/** An answer that was already past the proxy may still arrive. */
const onItsWayMs = 30;

export class Outages {
  /** @type {Map<object, number>} the link and since when */
  #cut = new Map();

  /** @param {number} leaseMs @param {() => number} now */
  constructor(leaseMs, now) {
    this.leaseMs = leaseMs + onItsWayMs;
    this.now = now;
  }

  /** @param {object} link */
  begin(link) {
    if (!this.#cut.has(link)) this.#cut.set(link, this.now());
  }

  /** To be told before anything gets through again. @param {object} link */
  end(link) {
    this.#cut.delete(link);
  }

  /**
   * A request that was sent longer ago than a lease after this, and accepted while it still is so, was not checked.
   *
   * @param {ClusterNode} node
   * @returns {number | null}
   */
  cutOffSince(node) {
    const link = node.links.database ?? node.links.issuer;
    return (link && this.#cut.get(link)) ?? null;
  }
}
