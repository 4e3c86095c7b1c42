/** The whole run: what is asked for, in order, within its time, and what is left of it in files. */
import { variants } from './catalogue.js';
import { choose, parts, type Chosen, type Part } from './choose.js';
import { runHttp } from './http/http-parts.js';
import { runMemory, runMicro, runScale } from './micro/micro-parts.js';
import { help, parseOptions, type Options } from './options.js';
import { killChildren, stopChildren } from './process/child.js';
import { cores } from './process/cores.js';
import { describeMachine } from './process/machine.js';
import { Progress } from './process/progress.js';
import { startServices, type Services } from './process/services.js';
import { publish, readFull, writeResults } from './report/publish.js';
import type { Results } from './results.js';
import { runLogin, runRevocation } from './server-parts.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** After this long nothing new is begun; after half as long again everything is ended. */
const minutes = { quick: 1.8, full: 60 };

export async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(help);
    return 0;
  }
  const options = parseOptions(args);
  if (options.list) {
    for (const { group, name } of variants) console.log(`${group.padEnd(11)} ${name}`);
    console.log(parts.map((part) => `${part}\n`).join(''));
    return 0;
  }
  if (options.report) {
    await publish(readFull());
    return 0;
  }
  const chosen = choose(options.only, options.quick);
  if (chosen.variants.length + chosen.parts.length === 0) {
    console.error(`nothing is called ${options.only?.source ?? ''}; --list shows the names`);
    return 1;
  }
  return run(options, chosen);
}

async function run(options: Options, chosen: Chosen): Promise<number> {
  cores.leaveServerCore();
  const limitMs = 60_000 * (options.quick ? minutes.quick : minutes.full);
  const progress = new Progress(0, limitMs);
  const machine = describeMachine();
  const services = await startServices(chosen);
  const end = endOnSignals(services);
  const watchdog = setTimeout(() => void end('it took too long', 1), limitMs * 1.5);
  try {
    progress.note([`${machine.processor}, ${cores.describe()}`, ...services.how].join('\n'));
    const measured = await measure(options, chosen, services, progress);
    progress.closeLine();
    await untilEnded();
    const results: Results = { format: 1, machine, services: services.how, ...measured };
    await writeResults(results, { isFull: chosen.isAll, isUpdate: options.update });
    return measured.missing.some((text) => text.startsWith('failed')) ? 1 : 0;
  } finally {
    clearTimeout(watchdog);
    await stopChildren();
    await services.stop();
  }
}

async function measure(
  options: Options,
  chosen: Chosen,
  { given, how }: Services,
  progress: Progress,
): Promise<Omit<Results, 'format' | 'machine' | 'services'>> {
  const missing: string[] = [];
  const results: Partial<Mutable<Results>> = {};
  const part = async (name: Part, work: () => Promise<void>): Promise<void> => {
    if (!chosen.parts.includes(name)) return;
    if (progress.isOver) missing.push(`${name}: no time was left`);
    else await attempt(name, work, missing, progress);
  };
  if (chosen.variants.length > 0) {
    await attempt(
      'http',
      async () => {
        const run = { options, chosen, given, progress, missing };
        Object.assign(results, await runHttp(run));
      },
      missing,
      progress,
    );
  }
  await part('micro', async () => void (results.micro = await runMicro(options, progress)));
  await part('memory', async () => void (results.memory = await runMemory(options, progress)));
  await part('scale', async () => void (results.scale = await runScale(options, progress)));
  await part('login', async () => void (results.login = await runLogin(options, progress)));
  await part('revocation', async () => {
    results.revocation = await runRevocation(options, progress, given, how);
  });
  return { ...results, missing };
}

/** A part that fails does not take the others with it; the run's exit code says so. */
async function attempt(
  name: string,
  work: () => Promise<void>,
  missing: string[],
  progress: Progress,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    await untilEnded();
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    missing.push(`failed: ${name}: ${text.split('\n', 1)[0] ?? ''}`);
    progress.note(`${name} failed: ${text}`);
    await stopChildren();
  }
}

let isEnding = false;

/** What is being ended is no result, and is not written: nothing comes after this then. */
async function untilEnded(): Promise<void> {
  if (isEnding) await new Promise(() => undefined);
}

/** Ctrl-C, and whoever else ends this: nothing that was started here goes on. */
function endOnSignals(services: Services): (why: string, code: number) => Promise<never> {
  const end = async (why: string, code: number): Promise<never> => {
    if (isEnding) {
      killChildren();
      process.exit(code);
    }
    isEnding = true;
    console.error(`\nended: ${why}`);
    await stopChildren();
    await services.stop();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void end(signal, 130));
  }
  return end;
}
