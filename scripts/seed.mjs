// @ts-check
/**
 * `npm run seed -- --users 100000 --sessions 100000`: fills a database with people who do not exist, to
 * see how lists and searches do. The same `--seed` makes the same people. The database is that of the
 * server's own settings; an embedded one must not be in use.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Generator } from './seed/generator.mjs';
import { toPasswordHash } from './seed/password.mjs';
import { openSink } from './seed/sinks.mjs';

const batchSize = 2_000;
const mostOfAKind = 10_000_000;

const usage = `npm run seed -- [--users <n>] [--sessions <n>] [--entries <n>] [--seed <n>] [--password <text>]
  --users     how many (1,000)
  --sessions  of them, live, expired and ended (as many as users)
  --entries   of the audit log (as many as sessions)
  --seed      another number makes other people (1)
  --password  of all of them; without it nobody can log in as one of them`;

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function main() {
  if (existsSync('.env')) process.loadEnvFile('.env');
  if (process.env['NODE_ENV'] === 'production') {
    throw new Error('seed refuses to run with NODE_ENV=production: its people do not exist');
  }
  const wanted = readOptions();
  const generator = new Generator({
    seed: wanted.seed,
    users: wanted.users,
    now: Date.now(),
    passwordHash: await toPasswordHash(wanted.password),
  });
  const sink = await openSink(process.env);
  try {
    if (await sink.hasUser(generator.user(0).id)) {
      throw new Error(`${sink.name} has the people of --seed ${wanted.seed} already`);
    }
    const begun = performance.now();
    await sink.insertApplications(generator.applications());
    await fill(
      'users',
      wanted.users,
      (n) => generator.user(n),
      (rows) => sink.insertUsers(rows),
    );
    await fill(
      'sessions',
      wanted.sessions,
      (n) => generator.session(n),
      (rows) => sink.insertSessions(rows),
    );
    await fill(
      'entries',
      wanted.entries,
      (n) => generator.entry(n, wanted.entries),
      (rows) => sink.insertEntries(rows),
    );
    await sink.finish();
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    process.stdout.write(`${sink.name} is filled, in ${seconds} s\n`);
  } finally {
    await sink.close();
  }
}

function readOptions() {
  const text = /** @type {const} */ ({ type: 'string' });
  /** @type {Record<string, string | boolean | undefined>} */
  let values;
  try {
    ({ values } = parseArgs({
      options: { users: text, sessions: text, entries: text, seed: text, password: text },
    }));
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : ''}\n${usage}`, { cause: error });
  }
  const users = toCount('users', values['users'], 1_000);
  if (users === 0) throw new Error(`--users is at least 1\n${usage}`);
  const sessions = toCount('sessions', values['sessions'], users);
  const { password } = values;
  return {
    users,
    sessions,
    entries: toCount('entries', values['entries'], sessions),
    seed: toCount('seed', values['seed'], 1),
    password: typeof password === 'string' ? password : null,
  };
}

/**
 * @param {string} name
 * @param {string | boolean | undefined} given
 * @param {number} otherwise
 */
function toCount(name, given, otherwise) {
  if (given === undefined) return otherwise;
  const count = /^\d+$/.test(String(given)) ? Number(given) : Number.NaN;
  if (count <= mostOfAKind) return count;
  throw new Error(`--${name} is a number up to ${mostOfAKind}\n${usage}`);
}

/**
 * @template Row
 * @param {string} name
 * @param {number} count
 * @param {(n: number) => Row} make
 * @param {(rows: Row[]) => Promise<void>} insert
 */
async function fill(name, count, make, insert) {
  for (let begin = 0; begin < count; begin += batchSize) {
    const length = Math.min(batchSize, count - begin);
    await insert(Array.from({ length }, (_, index) => make(begin + index)));
    if (process.stderr.isTTY) process.stderr.write(`\r${name}: ${begin + length} of ${count}  `);
  }
  if (process.stderr.isTTY && count > 0) process.stderr.write('\n');
}
