// @ts-check
/**
 * `npm run test:faults`: four servers and a service as real processes, under load, while things go
 * wrong and an administrator ends what people have. Exit code 1 when a promise was broken.
 */
import { Cluster } from '../support/cluster/cluster.mjs';
import { runFaults } from './fault-run.mjs';
import { readOptions } from './options.mjs';
import { runScenarios } from './scenarios.mjs';

const options = readOptions(process.argv.slice(2));
const { leaseSeconds, redis } = options;
const proxies = options.faults || options.scenarios;
const cluster = await Cluster.start({ leaseSeconds, redis, proxies });
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.once(signal, () => void cluster.stop().then(() => process.exit(130)));
}
console.log(`On ${cluster.services.join(' and ')}, lease ${leaseSeconds} s`);
try {
  const isGood = await (options.scenarios ? runScenarios : runFaults)(cluster, options);
  process.exitCode = isGood ? 0 : 1;
} catch (error) {
  console.error(error);
  for (const node of cluster.nodes) {
    console.error(`${node.name}: ${node.state}\n${node.crash ?? (await node.lastWords(10))}`);
  }
  process.exitCode = 1;
} finally {
  await cluster.stop();
}
// Nothing that was left open keeps this from ending.
process.exit();
