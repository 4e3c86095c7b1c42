/**
 * Rounds in which everybody has one turn, in an order that is another each time. The machine is faster at
 * one moment than at the next, so the ceiling is measured between every few turns, and each variant is
 * put in relation to the two measurements around its own.
 */
import { baseline } from '../catalogue.js';
import { round } from '../load/latencies.js';
import type { Round } from '../results.js';
import type { Measured, RunningVariant } from './running-variants.js';

const turnsBetween = 4;

export interface RoundsSetup {
  readonly ceiling: RunningVariant;
  readonly others: readonly RunningVariant[];
  readonly connections: number;
  readonly seconds: number;
  readonly rounds: number;
  readonly isOver: () => boolean;
  readonly onTurn: (text: string) => void;
  readonly onFailure: (variant: string, error: unknown) => void;
}

interface Turn {
  readonly name: string;
  readonly measured: Measured;
}

export async function runRounds(setup: RoundsSetup): Promise<Record<string, Round[]>> {
  const rounds: Record<string, Round[]> = {};
  const failed = new Set<string>();
  for (let index = 0; index < setup.rounds && !setup.isOver(); index += 1) {
    const said = `round ${index + 1} of ${setup.rounds}, ${setup.connections} connections`;
    const order = shuffled(setup.others, index).filter(({ variant }) => !failed.has(variant.name));
    let before = await takeCeiling(setup, said, rounds);
    for (let from = 0; from < order.length; from += turnsBetween) {
      const turns = await takeTurns(setup, order.slice(from, from + turnsBetween), said, failed);
      const after = await takeCeiling(setup, said, rounds);
      for (const { name, measured } of turns) {
        (rounds[name] ??= []).push(toRound(measured, before, after));
      }
      before = after;
    }
  }
  return rounds;
}

async function takeTurns(
  setup: RoundsSetup,
  turns: readonly RunningVariant[],
  said: string,
  failed: Set<string>,
): Promise<Turn[]> {
  const taken: Turn[] = [];
  for (const running of turns) {
    const { name } = running.variant;
    try {
      const measured = await running.measure(setup.connections, setup.seconds);
      taken.push({ name, measured });
      setup.onTurn(`${said}: ${name} ${perSecond(measured).toFixed(0)} requests/s`);
    } catch (error) {
      failed.add(name);
      setup.onFailure(name, error);
    }
  }
  return taken;
}

async function takeCeiling(
  { ceiling, connections, seconds, onTurn }: RoundsSetup,
  said: string,
  rounds: Record<string, Round[]>,
): Promise<Measured> {
  const measured = await ceiling.measure(connections, seconds);
  onTurn(`${said}: ${baseline} ${perSecond(measured).toFixed(0)} requests/s`);
  (rounds[baseline] ??= []).push(toRound(measured, measured, measured));
  return measured;
}

export const perSecond = ({ requests, seconds }: { requests: number; seconds: number }): number =>
  requests / seconds;

function toRound(measured: Measured, before: Measured, after: Measured): Round {
  const mean = (of: (one: Measured) => number): number => round((of(before) + of(after)) / 2);
  return {
    ...measured,
    seconds: round(measured.seconds),
    cpuPerRequest: round(measured.cpuPerRequest),
    baseline: { perSecond: mean(perSecond), cpuPerRequest: mean((one) => one.cpuPerRequest) },
  };
}

/** Another order each time, and the same in every run. */
function shuffled<T>(list: readonly T[], seed: number): T[] {
  let state = seed * 2_654_435_761 + 12_345;
  const next = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 32;
  };
  return list
    .map((item) => [next(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}
