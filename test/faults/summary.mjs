// @ts-check
/** What a run has to say at its end. */
import { figuresOf } from './revoke-times.mjs';

/**
 * @typedef {object} Run
 * @property {import('../support/cluster/cluster.mjs').Cluster} cluster
 * @property {import('./checker.mjs').Checker} checker
 * @property {import('./revoke-times.mjs').RevokeTimes} times
 * @property {import('./load.mjs').Load} load
 * @property {import('./faults.mjs').Faults | null} faults
 * @property {number} seconds
 * @property {number} seed
 */

const maxShown = 8;

/** @param {Run} run @returns {Promise<boolean>} whether all promises held */
export async function printSummary({ cluster, checker, times, load, faults, seconds, seed }) {
  const { requests, accepted, refused, unavailable, unanswered, other } = checker.counts;
  const faultCount = [...(faults?.counts.values() ?? [])].reduce((sum, count) => sum + count, 0);
  const lines = [
    '',
    `${seconds.toFixed(0)} s, seed ${seed}`,
    `requests        ${requests} checked: ${accepted} accepted, ${refused} refused, ${unavailable} answered 503, ${unanswered} not answered, ${other} others`,
    `  of a token after its end   ${checker.deadRefused} refused`,
    `  never issued, or expired   ${checker.bogusRefused} refused`,
    `  while a revoke was under way, or unanswered   ${checker.explainedRefusals} refused`,
    `  accepted        ${say(load.latencies)}`,
    `revokes         ${times.count} answered with success: ${list(times.kinds)}`,
    `  all well        ${say(times.healthy)}`,
    ...[...times.acknowledged].map(([kind, ms]) => `    until ${kind.padEnd(9)} ${say(ms)}`),
    `  ${faults ? 'with faults' : 'at the start'}     ${say(times.faulty)}`,
    `  a lease ended   in ${times.endedLeases} answers${faults ? '' : `: ${list(times.silent)}`}`,
    `  not certain     ${list(times.failures) || 'none'}`,
    `reactivations   ${times.reactivations}`,
    ...(faults ? [`faults          ${faultCount}: ${list(faults.counts)}`] : []),
    `stale accepts   ${checker.count('stale')}`,
    `unchecked       ${checker.count('unchecked')}`,
    `lost revokes    ${checker.count('lost')}`,
    `false refusals  ${checker.count('false refusal')}`,
    `crashes         ${checker.count('crash')}`,
  ];
  console.log(lines.join('\n'));
  if (checker.violations.length === 0) return true;
  for (const { text } of checker.violations.slice(0, maxShown)) console.log(`\n${text}`);
  for (const node of cluster.nodes) {
    console.log(
      `\n${node.name}, started ${node.starts} times, said last:\n${await node.lastWords()}`,
    );
  }
  return false;
}

/** @param {readonly number[]} times */
function say(times) {
  const { count, p50, p99, max } = figuresOf(times);
  if (count === 0) return 'none';
  const ms = (/** @type {number} */ value) => `${value.toFixed(1)} ms`;
  return `${count}: p50 ${ms(p50)}, p99 ${ms(p99)}, max ${ms(max)}`;
}

/** @param {Map<string, number>} counts */
const list = (counts) =>
  [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
