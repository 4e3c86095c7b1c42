// @ts-check
/** One run: members, load, administrators and faults together, then a look at what is left. */
import { otherApplication, webApplication } from '../support/cluster/cluster.mjs';
import { Random } from '../support/cluster/random.mjs';
import { Administrator } from './administrator.mjs';
import { Checker } from './checker.mjs';
import { Faults } from './faults.mjs';
import { lookBack } from './look-back.mjs';
import { Load } from './load.mjs';
import { registerMembers } from './members.mjs';
import { Outages } from './outages.mjs';
import { Pace } from './pace.mjs';
import { RedisMischief } from './redis-mischief.mjs';
import { RevokeTimes } from './revoke-times.mjs';
import { printSummary } from './summary.mjs';

/**
 * @typedef {import('../support/cluster/cluster.mjs').Cluster} Cluster
 * @typedef {import('./options.mjs').Options} Options
 */

/** Many, because each may have to wait for a lease to end. */
const administrators = 60;
const membersOfEach = 2;
const progressEveryMs = 10_000;
/** A log that was begun a moment ago lets revokes wait for a lease, and everybody logs in at once. */
const warmUpMs = 5_000;

/** @param {Cluster} cluster @param {Options} options @returns {Promise<boolean>} whether all promises held */
export async function runFaults(cluster, options) {
  const { seed, rate, revokesPerSecond, revokes } = options;
  const leaseMs = options.leaseSeconds * 1000;
  const now = () => performance.now();
  const random = new Random(seed);
  const checker = new Checker(now);
  const outages = new Outages(leaseMs, now);
  const { trace } = checker;
  console.log(`Seed ${seed}`);

  // The last administrator alone has the other application, which is ended as a whole.
  const members = await registerMembers(cluster, administrators * membersOfEach, (index) =>
    index < (administrators - 1) * membersOfEach ? webApplication : otherApplication,
  );
  members.sort((one, other) => one.application.localeCompare(other.application));
  const mischief = cluster.redis && new RedisMischief(cluster.redis.uri);
  await mischief?.open();

  const startedAt = now();
  const load = new Load({ cluster, checker, outages, random: random.fork(), members, rate });
  /** @type {import('./fault-kinds.mjs').FaultContext} */
  const context = { cluster, outages, mischief, trace, random: random.fork(), leaseMs };
  const faults = options.faults ? new Faults(context, leaseMs) : null;
  const times = new RevokeTimes(() => faults?.quietSince ?? startedAt + leaseMs + warmUpMs);
  const pace = new Pace(revokesPerSecond, revokes);
  const staff = Array.from({ length: administrators }, (_, index) => {
    const own = members.slice(index * membersOfEach, (index + 1) * membersOfEach);
    const setup = { cluster, checker, load, pace, times, random: random.fork(), members: own };
    return new Administrator(setup);
  });

  const until = startedAt + options.seconds * 1000;
  let nextProgress = startedAt + progressEveryMs;
  while (now() < until && pace.left > 0 && checker.violations.length < 20) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (hasCrashed(cluster, checker)) break;
    if (now() < nextProgress) continue;
    nextProgress += progressEveryMs;
    console.log(progress((now() - startedAt) / 1000, checker, times));
  }
  await faults?.stop();
  await Promise.all(staff.map((one) => one.stop()));
  await load.stop();
  const seconds = (now() - startedAt) / 1000;
  if (checker.violations.length === 0) await lookBack({ cluster, checker, load, members });
  await mischief?.close();
  const isGood = await printSummary({ cluster, checker, times, load, faults, seconds, seed });
  if (context.failure) throw context.failure;
  return isGood;
}

/** Goes on no further: the rest would say nothing. @param {Cluster} cluster @param {Checker} checker */
function hasCrashed({ nodes }, checker) {
  const crashed = nodes.filter(({ crash }) => crash !== null);
  for (const { name, crash } of crashed) checker.crashed(name, crash ?? '');
  return crashed.length > 0;
}

/** @param {number} seconds @param {Checker} checker @param {RevokeTimes} times */
function progress(seconds, { counts, violations }, times) {
  const requests = `${counts.requests} requests (${counts.unavailable} times 503)`;
  return `${seconds.toFixed(0).padStart(5)} s  ${requests}, ${times.count} revokes, ${violations.length} violations`;
}
