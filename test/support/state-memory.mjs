// @ts-check
/**
 * Run with --expose-gc: what a node's state takes with 100,000 users in its first level and 100,000
 * events kept, in bytes. The argument is the folder of the compiled library.
 */
import { randomBytes } from 'node:crypto';
import { pathToFileURL } from 'node:url';

const [, , folder] = process.argv;
const load = (/** @type {string} */ file) => import(pathToFileURL(`${folder}/${file}`).href);
const { RevocationState } = await load('revocation/state/revocation-state.js');
const { SystemNodeClock } = await load('revocation/node.clock.js');

const count = 100_000;
const clock = new SystemNodeClock();
const log = 'a'.repeat(22);
const whole = { log, seq: 0, events: [], oldestAgeMs: null, leaseMs: 5_000 };

/** As long as ids are, and made by the parser like all that comes from outside. */
const newSubject = (/** @type {string} */ kind) =>
  JSON.parse(JSON.stringify(`${kind}:${randomBytes(18).toString('base64url')}`));

function used() {
  for (let i = 0; i < 4; i++) globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const before = used();
const state = new RevocationState(clock, { maxRecords: 2 * count });
state.accept({ ...whole, gap: true }, clock.moment(), { log: null, after: 0 });
// Only the last is looked for below: the others are held by the state alone.
let last = '';
for (let i = 0; i < count; i++) {
  last = newSubject('u');
  state.install(last, JSON.parse('{"version":3,"status":"active"}'), 0);
}
for (let number = 1; number <= count; number++) {
  const events = [{ number, subject: newSubject('s'), version: 2 }];
  state.hear({ log, seq: number, events });
}
const after = used();
const { records, events } = state;
process.stdout.write(
  JSON.stringify({
    bytes: after - before,
    records: records.size,
    events: events.size,
    isThere: state.find(last) !== undefined,
  }),
);
