// @ts-check
/** What several kinds of faults have in common. */

/**
 * @typedef {import('./fault-kinds.mjs').FaultContext} FaultContext
 * @typedef {import('../support/cluster/cluster-node.mjs').ClusterNode} ClusterNode
 * @typedef {import('../support/cluster/tcp-proxy.mjs').TcpProxy} TcpProxy
 */

/**
 * @param {FaultContext} context
 * @param {readonly TcpProxy[]} links
 * @param {'cut' | 'hold' | 'holdAnswers'} how
 * @param {number} ms
 */
export async function interrupt({ outages, random }, links, how, ms) {
  for (const link of links) {
    link[how]();
    outages.begin(link);
  }
  await sleep(ms);
  for (const link of links) {
    outages.end(link);
    // Either it all arrives late, or those at the other end are gone for good and nobody says so.
    if (how === 'cut' || random.chance(0.6)) link.release();
    else link.passNewOnes();
  }
}

/**
 * A server that cannot reach its database does not start; what supervises it tries again.
 *
 * @param {FaultContext} context
 * @param {ClusterNode} node
 */
export async function restart({ trace }, node) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await node.start();
      return;
    } catch (error) {
      trace.add('fault', '', `${node.name} does not start: ${String(error).slice(0, 200)}`);
      if (attempt === 20) throw error;
      await sleep(500);
    }
  }
}

/** @param {number} ms */
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
