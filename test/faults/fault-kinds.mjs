// @ts-check
/** What can go wrong. Each kind puts its fault in, waits, and takes it out again. */
import { interrupt, restart, sleep } from './fault-steps.mjs';
import {
  aDatabaseLink,
  allDatabaseLinks,
  aProcess,
  aRedisLink,
  aroundALease,
  atOnce,
  redisItself,
  upToALease,
} from './fault-targets.mjs';

/**
 * @typedef {import('../support/cluster/cluster-node.mjs').ClusterNode} ClusterNode
 * @typedef {import('../support/cluster/tcp-proxy.mjs').TcpProxy} TcpProxy
 * @typedef {import('../support/cluster/random.mjs').Random} Random
 *
 * @typedef {object} FaultContext
 * @property {import('../support/cluster/cluster.mjs').Cluster} cluster
 * @property {import('./outages.mjs').Outages} outages
 * @property {import('./redis-mischief.mjs').RedisMischief | null} mischief
 * @property {import('./trace.mjs').Trace} trace
 * @property {Random} random
 * @property {number} leaseMs
 * @property {Error} [failure] of the run itself
 *
 * @typedef {object} Target
 * @property {string} key two faults never hold the same
 * @property {ClusterNode} [node]
 * @property {readonly TcpProxy[]} [links]
 *
 * @typedef {object} FaultKind
 * @property {string} name
 * @property {number} weight
 * @property {(context: FaultContext) => boolean} isPossible
 * @property {(context: FaultContext) => Target} chooseTarget
 * @property {(context: FaultContext) => number} chooseMs
 * @property {(context: FaultContext, target: Target, ms: number) => Promise<void>} run
 */

/** @type {(context: FaultContext) => boolean} */
const always = () => true;
/** @type {(context: FaultContext) => boolean} */
const withRedis = ({ mischief }) => mischief !== null;

/** @param {string} name @param {number} weight @param {FaultKind['chooseTarget']} chooseTarget */
const outage = (name, weight, chooseTarget) =>
  /** @type {const} */ (['cut', 'hold', 'holdAnswers']).map((how) => ({
    name: `${name}: ${how}`,
    weight: weight / 3,
    isPossible: chooseTarget === aRedisLink ? withRedis : always,
    chooseTarget,
    chooseMs: chooseTarget === allDatabaseLinks ? upToALease : aroundALease,
    run: (
      /** @type {FaultContext} */ context,
      /** @type {Target} */ { links = [] },
      /** @type {number} */ ms,
    ) => interrupt(context, links, how, ms),
  }));

/** @param {string} name @param {number} weight @param {FaultKind['chooseTarget']} chooseTarget @param {number} maxMs */
const delay = (name, weight, chooseTarget, maxMs) => ({
  name,
  weight,
  isPossible: chooseTarget === aRedisLink ? withRedis : always,
  chooseTarget,
  chooseMs: upToALease,
  async run(
    /** @type {FaultContext} */ { random },
    /** @type {Target} */ { links = [] },
    /** @type {number} */ ms,
  ) {
    for (const link of links) link.delayMs = random.between(20, maxMs);
    await sleep(ms);
    for (const link of links) link.delayMs = 0;
  },
});

/** @type {readonly FaultKind[]} */
export const faultKinds = [
  {
    name: 'process killed',
    weight: 10,
    isPossible: always,
    chooseTarget: aProcess,
    chooseMs: upToALease,
    run: async (context, { node }, ms) => {
      await node?.kill();
      await sleep(ms);
      if (node) await restart(context, node);
    },
  },
  {
    name: 'process ended in order',
    weight: 3,
    isPossible: always,
    chooseTarget: aProcess,
    chooseMs: atOnce,
    run: async (context, { node }) => {
      await node?.end();
      if (node) await restart(context, node);
    },
  },
  {
    name: 'process stopped',
    weight: 22,
    isPossible: always,
    chooseTarget: aProcess,
    chooseMs: aroundALease,
    run: async (_context, { node }, ms) => {
      node?.pause();
      await sleep(ms);
      node?.resume();
    },
  },
  ...outage('database of one node', 24, aDatabaseLink),
  ...outage('database of all nodes', 5, allDatabaseLinks),
  delay('database slow for one node', 6, aDatabaseLink, 1_500),
  delay('database slow for all nodes', 3, allDatabaseLinks, 600),
  ...outage('Redis of one node', 8, aRedisLink),
  delay('Redis slow for one node', 6, aRedisLink, 800),
  {
    name: 'Redis restarted empty',
    weight: 4,
    isPossible: withRedis,
    chooseTarget: redisItself,
    chooseMs: upToALease,
    run: async ({ cluster }, _target, ms) => {
      await cluster.redis?.down();
      await sleep(ms);
      await cluster.redis?.up();
    },
  },
  {
    name: 'Redis flushed',
    weight: 4,
    isPossible: withRedis,
    chooseTarget: redisItself,
    chooseMs: atOnce,
    run: async ({ mischief }) => mischief?.flush(),
  },
  {
    name: 'Redis rolled back',
    weight: 6,
    isPossible: withRedis,
    chooseTarget: redisItself,
    chooseMs: aroundALease,
    run: async ({ mischief }, _target, ms) => {
      await mischief?.rollBack(ms);
    },
  },
  {
    name: 'Redis repeats itself',
    weight: 6,
    isPossible: withRedis,
    chooseTarget: () => ({ key: 'channels' }),
    chooseMs: atOnce,
    run: async ({ mischief, random }) => {
      await mischief?.repeat(random);
    },
  },
  {
    name: 'issuer fails over',
    weight: 6,
    isPossible: always,
    chooseTarget: () => ({ key: 'issuer' }),
    chooseMs: atOnce,
    run: async ({ cluster, random }) => {
      cluster.issuer.leadTo(random.pick(cluster.servers).port);
    },
  },
];
