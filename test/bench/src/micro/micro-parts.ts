/** The parts without HTTP: calls, sizes, memory. */
import type { Options } from '../options.js';
import { Child, runToEnd } from '../process/child.js';
import type { Progress } from '../process/progress.js';
import type { MemoryPart, MicroPart, ScalePart } from '../results.js';

const now = (): string => new Date().toISOString();

export async function runMicro({ quick, rounds }: Options, progress: Progress): Promise<MicroPart> {
  progress.expect(1);
  const loop = { samples: rounds, sampleMs: quick ? 50 : 300 };
  const setup = {
    name: 'micro',
    script: 'micro/main.js',
    args: [JSON.stringify(loop)],
    on: 'server',
  } as const;
  const timeoutMs = 60_000 + rounds * 20_000;
  const samples = await runToEnd<MicroPart['samples']>(setup, timeoutMs, (text) =>
    progress.show(`micro: ${text}`),
  );
  progress.step('micro: done');
  return { date: now(), samples };
}

export async function runScale({ quick, rounds }: Options, progress: Progress): Promise<ScalePart> {
  const sizes = quick ? [100, 10_000] : [100, 10_000, 1_000_000];
  progress.expect(sizes.length + rounds);
  const children: [size: string, child: Child][] = [];
  try {
    for (const size of sizes) {
      const args = [String(size)];
      const execArgv = ['--max-old-space-size=4096'];
      const child = new Child({
        name: `scale ${size}`,
        script: 'micro/scale.js',
        args,
        execArgv,
        on: 'server',
      });
      children.push([String(size), child]);
      await child.outcome(120_000);
      progress.step(`scale: ${size} users are known`);
    }
    const samples: Record<string, number[]> = {};
    for (let round = 1; round <= rounds; round += 1) {
      for (const [size, child] of children) {
        (samples[size] ??= []).push(await child.ask<number>('sample', quick ? 50 : 300));
      }
      progress.step(`scale: round ${round} of ${rounds}`);
    }
    return { date: now(), samples };
  } finally {
    await Promise.all(children.map(([, child]) => child.stop()));
  }
}

export async function runMemory({ quick }: Options, progress: Progress): Promise<MemoryPart> {
  const wanted = quick
    ? ([
        ['subject', 100_000],
        ['active user', 1_500],
      ] as const)
    : ([
        ['subject', 100_000],
        ['subject', 1_000_000],
        ['active user', 30_000],
      ] as const);
  progress.expect(wanted.length);
  const rows: MemoryPart['rows'][number][] = [];
  for (const [what, count] of wanted) {
    const setup = {
      name: `memory of ${what}`,
      script: 'micro/memory.js',
      args: [what, String(count)],
      execArgv: ['--expose-gc', '--max-old-space-size=4096'],
      on: 'server',
    } as const;
    const measured = await runToEnd<{ heapBytes: number; rssBytes: number }>(setup, 180_000);
    rows.push({ what, count, ...measured });
    progress.step(`memory: ${what}, ${measured.heapBytes} bytes of heap`);
  }
  return { date: now(), rows };
}
