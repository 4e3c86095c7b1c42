// @ts-check
/** What a fault may hit, and for how long. */

/**
 * @typedef {import('./fault-kinds.mjs').FaultContext} FaultContext
 * @typedef {import('./fault-kinds.mjs').Target} Target
 * @typedef {import('../support/cluster/tcp-proxy.mjs').TcpProxy} TcpProxy
 */

/** @param {FaultContext} context @returns {Target} */
export const aProcess = ({ random, cluster }) => {
  const node = random.pick(cluster.nodes);
  return { key: `process of ${node.name}`, node };
};
/** @param {FaultContext} context @returns {Target} */
export const aDatabaseLink = ({ random, cluster }) => {
  const node = random.pick(cluster.nodes);
  const link = node.links.database ?? node.links.issuer;
  return { key: `link of ${node.name}`, links: [/** @type {TcpProxy} */ (link)] };
};
/** @param {FaultContext} context @returns {Target} */
export const allDatabaseLinks = ({ cluster }) => ({
  key: 'all database links',
  links: cluster.servers.map(({ links }) => /** @type {TcpProxy} */ (links.database)),
});
/** @param {FaultContext} context @returns {Target} */
export const aRedisLink = ({ random, cluster }) => {
  const node = random.pick(cluster.servers);
  return { key: `Redis link of ${node.name}`, links: [/** @type {TcpProxy} */ (node.links.redis)] };
};
/** @returns {Target} */
export const redisItself = () => ({ key: 'Redis' });

/** Well below a lease, about one, and up to three. @param {FaultContext} context */
export const aroundALease = ({ random, leaseMs }) =>
  leaseMs *
  random.pickWeighted([
    [4, random.between(0.02, 0.5)],
    [3, random.between(0.8, 1.3)],
    [2, random.between(1.3, 3)],
  ]);
/** @param {FaultContext} context */
export const upToALease = ({ random, leaseMs }) => random.between(0.1, 1.1) * leaseMs;
export const atOnce = () => 0;
