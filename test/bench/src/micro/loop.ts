/** Calls in a tight loop, many kinds in turn, so that what slows the machine down slows all of them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { tell } from '../process/messages.js';

export interface Case {
  readonly name: string;
  /** Makes so many calls. What they answer must be used, or the compiler leaves them out. */
  readonly run: (calls: number) => void | Promise<void>;
  /** A case whose time is no part of this one's: making the request. */
  readonly minus?: string;
}

export interface LoopOptions {
  readonly samples: number;
  readonly sampleMs: number;
}

/** Nanoseconds a call; one figure for each sample. */
export async function measureCases(
  cases: readonly Case[],
  { samples, sampleMs }: LoopOptions,
): Promise<Record<string, number[]>> {
  const calls = new Map<string, number>();
  for (const one of cases) {
    calls.set(one.name, await calibrate(one, sampleMs));
    tell('progress', `calibrated ${one.name}`);
  }
  const times: Record<string, number[]> = {};
  for (let sample = 1; sample <= samples; sample += 1) {
    for (const one of cases) {
      const count = calls.get(one.name) ?? 1;
      (times[one.name] ??= []).push((1e6 * (await timeOf(one, count))) / count);
    }
    tell('progress', `sample ${sample} of ${samples}`);
  }
  return Object.fromEntries(
    cases.map(({ name, minus }) => {
      const without = minus === undefined ? undefined : times[minus];
      const own = times[name] ?? [];
      return [name, own.map((ns, i) => Math.round(10 * (ns - (without?.[i] ?? 0))) / 10)];
    }),
  );
}

/** How many calls take about `sampleMs`, found while the compiler warms up. */
async function calibrate(one: Case, sampleMs: number): Promise<number> {
  let count = 1;
  for (;;) {
    const took = await timeOf(one, count);
    if (took >= sampleMs / 2) return Math.max(1, Math.round((count * sampleMs) / took));
    count *= took < sampleMs / 20 ? 8 : 2;
  }
}

async function timeOf({ run }: Case, count: number): Promise<number> {
  // Timers have their turn in between: the node polls its log, or it would not trust its memory.
  await sleep(2);
  const begun = performance.now();
  await run(count);
  return performance.now() - begun;
}

let sink: unknown;

/** Where answers go, so that they are needed. */
export function use(value: unknown): void {
  sink = value;
}

export const used = (): unknown => sink;
