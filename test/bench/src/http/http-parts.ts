/** The parts over HTTP: fifty connections, one connection, and a look at where the time goes. */
import { baseline, variants, type Variant } from '../catalogue.js';
import type { Chosen } from '../choose.js';
import type { Options } from '../options.js';
import { Child } from '../process/child.js';
import type { Progress } from '../process/progress.js';
import type { HttpPart } from '../results.js';
import type { ProfileSummary } from '../variants/profile.js';
import type { Given } from '../variants/started.js';
import { runRounds } from './rounds.js';
import { RunningVariant } from './running-variants.js';

const saturating = 50;

export interface HttpRun {
  readonly options: Options;
  readonly chosen: Chosen;
  readonly given: Given;
  readonly progress: Progress;
  readonly missing: string[];
}

export interface HttpResults {
  readonly http?: HttpPart;
  readonly unloaded?: HttpPart;
  readonly profiles?: Record<string, ProfileSummary>;
}

export async function runHttp(run: HttpRun): Promise<HttpResults> {
  const { chosen, options } = run;
  const isUnloadedAlone = chosen.parts.includes('unloaded') && chosen.variants.length <= 1;
  const loader = new Child({ name: 'loader', script: 'load/loader.js', on: 'loader' });
  await loader.outcome(20_000);
  const running = await startAll(run, loader, isUnloadedAlone);
  try {
    const results: { -readonly [K in keyof HttpResults]: HttpResults[K] } = {};
    if (!isUnloadedAlone) {
      results.http = await measureAll(run, running, saturating, options.seconds);
    }
    if (chosen.parts.includes('unloaded')) {
      const some = running.filter(({ variant }) => variant.unloaded);
      results.unloaded = await measureAll(run, some, 1, options.seconds / 2);
    }
    const profiles = await profileSome(run, running);
    return Object.keys(profiles).length === 0 ? results : { ...results, profiles };
  } finally {
    await Promise.all(running.map((one) => one.stop()));
    await loader.stop();
  }
}

/** One after the other, each warmed before the next: they would warm each other's core. */
async function startAll(
  run: HttpRun,
  loader: Child,
  isUnloadedAlone: boolean,
): Promise<RunningVariant[]> {
  const { chosen, options, progress, given, missing } = run;
  const wanted = isUnloadedAlone ? chosen.variants.concat(unloadedOnes(run)) : chosen.variants;
  progress.expect(wanted.length);
  const running: RunningVariant[] = [];
  for (const variant of wanted) {
    const why = whyNot(variant, given);
    if (why !== null) {
      missing.push(`${variant.name}: ${why}`);
      progress.step(`left out: ${variant.name}, ${why}`);
      continue;
    }
    try {
      const one = await RunningVariant.start(variant, loader, given);
      running.push(one);
      await one.measure(saturating, options.quick ? 0.5 : 2);
      progress.step(`started and warmed: ${variant.name}`);
    } catch (error) {
      if (variant.name === baseline) throw error;
      leaveOut(run, variant.name, error);
      progress.step(`left out: ${variant.name}`);
    }
  }
  return running;
}

function unloadedOnes({ chosen, options }: HttpRun): readonly Variant[] {
  const names = new Set(chosen.variants.map(({ name }) => name));
  return variants.filter(
    ({ name, unloaded, quick }) =>
      unloaded === true && !names.has(name) && (!options.quick || quick === true),
  );
}

function whyNot({ needs }: Variant, given: Given): string | null {
  if (needs === 'redis' && given.REDIS_URL === undefined) return 'there is no Redis';
  if (needs === 'mongodb' && given.MONGODB_URI === undefined) return 'there is no MongoDB';
  return null;
}

async function measureAll(
  run: HttpRun,
  running: readonly RunningVariant[],
  connections: number,
  seconds: number,
): Promise<HttpPart> {
  const { options, progress } = run;
  const ceiling = running.find(({ variant }) => variant.name === baseline);
  if (ceiling === undefined) throw new Error(`${baseline} does not run`);
  const others = running.filter((one) => one !== ceiling);
  progress.expect(options.rounds * (others.length + 1 + Math.ceil(others.length / 4)));
  const rounds = await runRounds({
    ceiling,
    others,
    connections,
    seconds,
    rounds: options.rounds,
    isOver: () => progress.isOver,
    onTurn: (text) => progress.step(text),
    onFailure: (name, error) => leaveOut(run, name, error),
  });
  return { date: new Date().toISOString(), connections, seconds, rounds };
}

async function profileSome(
  { options, progress }: HttpRun,
  running: readonly RunningVariant[],
): Promise<Record<string, ProfileSummary>> {
  const pattern = options.profile;
  const looked = running.filter(({ variant }) => pattern?.test(variant.name));
  const profiles: Record<string, ProfileSummary> = {};
  progress.expect(looked.length);
  for (const one of looked) {
    profiles[one.variant.name] = await one.profile(saturating, Math.max(1, options.seconds));
    progress.step(`looked at ${one.variant.name}`);
  }
  return profiles;
}

function leaveOut({ missing, progress }: HttpRun, name: string, error: unknown): void {
  const text = error instanceof Error ? error.message : String(error);
  missing.push(`failed: ${name}: ${text.split('\n', 1)[0] ?? ''}`);
  progress.note(`${name} is left out: ${text}`);
}
