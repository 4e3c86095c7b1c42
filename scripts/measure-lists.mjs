// @ts-check
/**
 * `npm run measure:lists`: how long the dashboard's lists take on a database that was filled by
 * `npm run seed`, and how much guarded traffic beside them is slowed. Starts a server of its own on the
 * database of the server's settings, with an administrator `measure@localhost`, and stops it.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { queriesOn } from './measure/queries.mjs';
import { startServer } from './measure/server.mjs';
import { percentile, toTable } from './measure/figures.mjs';
import { Traffic } from './measure/traffic.mjs';

/** Somebody who types, and looks before he goes on. */
const pauseMs = 250;
const turns = 15;

const { values } = parseArgs({
  options: { rounds: { type: 'string' }, seconds: { type: 'string' } },
});
const rounds = Number(values.rounds ?? 20);
const seconds = Number(values.seconds ?? 5);

if (existsSync('.env')) process.loadEnvFile('.env');
const server = await startServer();
try {
  const queries = await queriesOn(server);
  console.log(toTable(await timeEach(queries)));
  await slowDown(queries);
} finally {
  await server.stop();
}

/** @param {readonly import('./measure/queries.mjs').Query[]} queries */
async function timeEach(queries) {
  const rows = [];
  for (const { name, paths } of queries) {
    const times = [];
    let total = 0;
    for (let round = 0; round < rounds; round += 1) {
      const begun = performance.now();
      const body = await server.get(paths(round));
      times.push(performance.now() - begun);
      total = body.total ?? total;
    }
    rows.push({ name, total, p50: percentile(times, 0.5), p95: percentile(times, 0.95) });
  }
  return rows;
}

/**
 * Alone and beside an operator in turns, so that whatever else the machine does meets both.
 *
 * @param {readonly import('./measure/queries.mjs').Query[]} queries
 */
async function slowDown(queries) {
  const traffic = new Traffic(server);
  await traffic.run(1_000);
  const ratios = [];
  for (let round = 0; round < turns; round += 1) {
    const alone = await traffic.run(seconds * 1_000);
    const operator = operate(queries, round);
    const beside = await traffic.run(seconds * 1_000);
    await operator.stop();
    ratios.push(beside / alone);
    console.log();
  }
  console.log(`beside ÷ alone, median of ${ratios.length}: ${percentile(ratios, 0.5).toFixed(2)}`);
  await traffic.close();
}

/** @param {readonly import('./measure/queries.mjs').Query[]} queries @param {number} turn */
function operate(queries, turn) {
  let isOn = true;
  const work = async () => {
    for (let n = turn; isOn; n += 1) {
      const query = queries[n % queries.length];
      if (query !== undefined) await server.get(query.paths(n));
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  const done = work();
  return {
    stop: () => {
      isOn = false;
      return done;
    },
  };
}
