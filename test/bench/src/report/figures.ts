/** What the rounds of an HTTP part say, always in relation to the ceiling beside them. */
import { baseline } from '../catalogue.js';
import { perSecond } from '../http/rounds.js';
import type { HttpPart, Results, Round } from '../results.js';
import { figureOf, type Figure } from './stats.js';

export const roundsOf = (part: HttpPart | undefined, name: string): readonly Round[] =>
  part?.rounds[name] ?? [];

/** Throughput over the ceiling's, in each round. */
const ratios = (rounds: readonly Round[]): number[] =>
  rounds.map((round) => perSecond(round) / round.baseline.perSecond);

export const ratio = (part: HttpPart | undefined, name: string): Figure | null =>
  name === baseline && part ? figureOf([1]) : figureOf(ratios(roundsOf(part, name)));

/** How many times the throughput of another variant, both put in relation to the ceiling first. */
export function times({ http }: Results, one: string, other: string): Figure | null {
  const [ours, theirs] = [ratios(roundsOf(http, one)), ratios(roundsOf(http, other))];
  if (theirs.length === 0) return null;
  return figureOf(ours.slice(0, theirs.length).map((value, i) => value / (theirs[i] ?? NaN)));
}

/** Processor time of the server over the ceiling's, in microseconds a request. */
const extraCpu = (rounds: readonly Round[]): number[] =>
  rounds.map((round) => round.cpuPerRequest - round.baseline.cpuPerRequest);

export function cpuOver({ http }: Results, one: string, other: string): Figure | null {
  const [ours, theirs] = [extraCpu(roundsOf(http, one)), extraCpu(roundsOf(http, other))];
  return figureOf(ours.slice(0, theirs.length).map((value, i) => value - (theirs[i] ?? NaN)));
}

type Measure = (round: Round) => number;

export const of = (part: HttpPart | undefined, name: string, measure: Measure): Figure | null =>
  figureOf(roundsOf(part, name).map(measure));

/** One series of samples over another, sample by sample. */
export function over(
  samples: Readonly<Record<string, readonly number[]>> | undefined,
  one: string,
  other: string,
): Figure | null {
  const theirs = samples?.[other] ?? [];
  return figureOf((samples?.[one] ?? []).map((value, i) => value / (theirs[i] ?? NaN)));
}

/** Of nanoseconds, in microseconds. */
export const microseconds = (
  samples: Readonly<Record<string, readonly number[]>> | undefined,
  name: string,
): Figure | null => figureOf((samples?.[name] ?? []).map((ns) => ns / 1000));
