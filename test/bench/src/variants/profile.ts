/** Where the processor time of a profile went, by part and by function. */
import type { Profiler } from 'node:inspector';

export interface ProfileSummary {
  /** Shares of the time that was not idle, in percent, largest first. */
  readonly parts: readonly (readonly [name: string, percent: number])[];
  readonly functions: readonly (readonly [name: string, percent: number])[];
}

const shown = 12;

export function summarize({
  nodes,
  samples = [],
  timeDeltas = [],
}: Profiler.Profile): ProfileSummary {
  const self = new Map<number, number>();
  samples.forEach((id, i) => self.set(id, (self.get(id) ?? 0) + (timeDeltas[i] ?? 0)));
  const parts = new Map<string, number>();
  const functions = new Map<string, number>();
  let whole = 0;
  for (const { id, callFrame } of nodes) {
    const time = self.get(id) ?? 0;
    if (callFrame.functionName === '(idle)' || time === 0) continue;
    whole += time;
    const part = partOf(callFrame);
    add(parts, part, time);
    add(functions, `${callFrame.functionName || '(anonymous)'} — ${part}`, time);
  }
  return { parts: largest(parts, whole), functions: largest(functions, whole) };
}

function partOf({ functionName, url }: { functionName: string; url: string }): string {
  if (functionName === '(garbage collector)') return 'garbage collector';
  if (url === '') return 'V8 and native code';
  if (url.startsWith('node:')) return `Node: ${url.slice(5)}`;
  const inPackage = [...url.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)/g)].at(-1)?.[1];
  if (inPackage !== undefined) return inPackage;
  if (url.includes('/libs/auth/')) return '@portcullis/auth';
  return url.includes('/test/bench/') ? 'the benchmark’s own route' : 'the server';
}

function add(map: Map<string, number>, name: string, time: number): void {
  map.set(name, (map.get(name) ?? 0) + time);
}

function largest(map: Map<string, number>, whole: number): (readonly [string, number])[] {
  return [...map]
    .sort(([, a], [, b]) => b - a)
    .slice(0, shown)
    .map(([name, time]) => [name, Math.round((1000 * time) / whole) / 10] as const);
}
