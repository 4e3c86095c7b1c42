/** What `npm run bench -- …` takes. */
import { parseArgs } from 'node:util';

export interface Options {
  /** Everything in about two minutes, at the price of figures that say little. */
  readonly quick: boolean;
  readonly only: RegExp | null;
  readonly rounds: number;
  readonly seconds: number;
  /** The parts that run replace those of the last full results; the others stay. */
  readonly update: boolean;
  /** Nothing is measured: the documents are made from the last full results. */
  readonly report: boolean;
  /** Variants whose processor time is looked at, by name. */
  readonly profile: RegExp | null;
  readonly list: boolean;
}

export const help = `npm run bench [-- options]

  --quick              everything in about two minutes; figures that say little
  --only=NAME          one group (guard, express, server, passport, peers, rival, unloaded, micro,
                       memory, scale, revocation, login) or a pattern of variants: --only=passport
  --rounds=N           how often each is measured, the others in between (5; quick: 2)
  --seconds=N          for how long each time (3; quick: 1)
  --update             writes what ran into the last full results, and the documents from them
  --report             measures nothing, and writes the documents from the last full results
  --profile=PATTERN    whose processor time is looked at afterwards (Portcullis and its ceiling; quick: none)
  --list               the names of all variants and parts
  --no-build           takes what is compiled

A run of everything writes test/bench/results/full.json and docs/performance.md; any other one writes
test/bench/results/last.json and prints its tables.`;

export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      update: { type: 'boolean', default: false },
      report: { type: 'boolean', default: false },
      profile: { type: 'string' },
      list: { type: 'boolean', default: false },
    },
  });
  const { quick, update, report, list } = values;
  const profile = values.profile ?? (quick ? null : '^(nest-fastify|nest-noop|portcullis-.*)$');
  return {
    quick,
    update,
    report,
    list,
    only: values.only === undefined ? null : new RegExp(values.only),
    rounds: positive('rounds', values.rounds, quick ? 2 : 5),
    seconds: positive('seconds', values.seconds, quick ? 1 : 3),
    profile: profile === null ? null : new RegExp(profile),
  };
}

function positive(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!(value > 0 && value <= 1000)) throw new Error(`--${name}: a number from 1 to 1000`);
  return value;
}
