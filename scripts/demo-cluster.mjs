// @ts-check
/**
 * `npm run demo:cluster`: four nodes and a service under load, a user suspended every second, and a
 * table of what each node does meanwhile. Pause, kill or cut one off and see what the table says.
 */
import { parseArgs } from 'node:util';
import { Checker } from '../test/faults/checker.mjs';
import { Load } from '../test/faults/load.mjs';
import { logIn, registerMembers } from '../test/faults/members.mjs';
import { Outages } from '../test/faults/outages.mjs';
import { Cluster, webApplication } from '../test/support/cluster/cluster.mjs';
import { Random } from '../test/support/cluster/random.mjs';
import { Board } from './cluster/board.mjs';
import { Operator } from './cluster/operator.mjs';
import { listenToKeys, Switches } from './cluster/switches.mjs';
import { toTable } from './cluster/table.mjs';

const rate = 150;
const memberCount = 30;
const drawEveryMs = { terminal: 250, file: 5_000 };

const { values } = parseArgs({
  options: { seconds: { type: 'string' }, lease: { type: 'string' } },
});
const leaseSeconds = Number(values.lease ?? 5);
const seconds = Number(values.seconds ?? Infinity);
const isTerminal = process.stdout.isTTY;

console.log('Four nodes, a service, a database and a Redis start; this takes some seconds.');
const cluster = await Cluster.start({ leaseSeconds });
let isWanted = true;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => (isWanted = false));
}
try {
  await play();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await cluster.stop();
}
process.exit();

async function play() {
  const now = () => performance.now();
  const checker = new Checker(now);
  const members = await registerMembers(cluster, memberCount, () => webApplication);
  for (const [index, member] of members.entries()) {
    const node = cluster.servers[index % cluster.servers.length];
    if (node) await logIn(checker, node, member);
  }
  const random = new Random(process.pid);
  const board = new Board(cluster, checker);
  const outages = new Outages(leaseSeconds * 1000, now);
  const observe = board.observe.bind(board);
  const load = new Load({ cluster, checker, outages, random, members, rate, observe });
  const operator = new Operator({ cluster, checker, load, board, members });
  const switches = new Switches(cluster, outages);
  const stopListening = listenToKeys(switches, () => (isWanted = false));
  if (isTerminal) process.stdout.write('\x1b[?1049h\x1b[?25l');
  const endsAt = now() + seconds * 1000;
  let nextDrawAt = 0;
  try {
    while (isWanted && now() < endsAt) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (now() < nextDrawAt) continue;
      nextDrawAt = now() + (isTerminal ? drawEveryMs.terminal : drawEveryMs.file);
      draw(toTable({ board, switches, leaseSeconds, isTerminal }));
    }
  } finally {
    if (isTerminal) process.stdout.write('\x1b[?25h\x1b[?1049l');
    stopListening();
  }
  switches.allWell();
  await operator.stop();
  console.log(toTable({ board, switches, leaseSeconds, isTerminal: false }).join('\n'));
  if (checker.violations.length > 0) process.exitCode = 1;
}

/** @param {readonly string[]} lines */
function draw(lines) {
  if (isTerminal)
    process.stdout.write(`\x1b[H${lines.map((line) => `${line}\x1b[K\n`).join('')}\x1b[J`);
  else process.stdout.write(`${lines.join('\n')}\n\n`);
}
