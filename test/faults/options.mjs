// @ts-check
/** What `npm run test:faults -- …` understands. */
import { parseArgs } from 'node:util';

export const usage = `npm run test:faults -- [OPTIONS]
  --minutes N | --seconds N   how long (2 minutes)
  --seed N                    of the faults and of what the clients do (a new one)
  --lease N                   REVOCATION_LEASE of all nodes, in seconds (5)
  --rate N                    requests a second over all nodes (300)
  --revokes-per-second N      at most (8)
  --no-faults                 none: measures how long revokes take under load
  --no-redis                  without Redis: nodes hear of a revoke at their next poll
  --revokes N                 stop after so many
  --scenarios                 instead: a node killed, everything cut off, each once and with its figures
  --slack N                   milliseconds that the scenarios allow beside what is promised (300)`;

/**
 * @typedef {object} Options
 * @property {number} seconds
 * @property {number} seed
 * @property {number} leaseSeconds
 * @property {number} rate
 * @property {number} revokesPerSecond
 * @property {number} revokes
 * @property {boolean} faults
 * @property {boolean} redis
 * @property {boolean} scenarios
 * @property {number} slackMs
 */

/** @param {string[]} args @returns {Options} */
export function readOptions(args) {
  const text = /** @type {const} */ ({ type: 'string' });
  const flag = /** @type {const} */ ({ type: 'boolean', default: false });
  const options = { minutes: text, seconds: text, seed: text, lease: text, rate: text };
  const more = { revokes: text, 'revokes-per-second': text, slack: text };
  const flags = { 'no-faults': flag, 'no-redis': flag, scenarios: flag };
  const { values } = parseArgs({ args, options: { ...options, ...more, ...flags } });
  const minutes = number('minutes', values.minutes, 2);
  return {
    seconds: number('seconds', values.seconds, 60 * minutes),
    seed: number('seed', values.seed, process.pid * 7919 + Math.floor(performance.now())),
    leaseSeconds: number('lease', values.lease, 5),
    rate: number('rate', values.rate, 300),
    revokesPerSecond: number('revokes-per-second', values['revokes-per-second'], 8),
    revokes: number('revokes', values.revokes, Infinity),
    faults: !values['no-faults'],
    redis: !values['no-redis'],
    scenarios: values.scenarios === true,
    slackMs: number('slack', values.slack, 300),
  };
}

/** @param {string} name @param {string | undefined} given @param {number} fallback */
function number(name, given, fallback) {
  if (given === undefined) return fallback;
  const value = Number(given);
  if (!(value > 0)) throw new Error(`--${name} must be a number above 0\n\n${usage}`);
  return value;
}
