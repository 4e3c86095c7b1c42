// One seed from its beginning to its end: a world, its faults, its people, and an ending without faults.
import type { Parts } from '../nodes/parts.js';
import type { LogTraits } from '../services/log-document.js';
import { Random } from '../world/random.js';
import type { ClockRates } from '../world/machine.js';
import { World } from '../world/world.js';
import type { Violation } from './checker.js';
import { Faults } from './faults.js';
import { makePlan, type Plan } from './plan.js';
import { Workload } from './workload.js';

export interface RunSetup {
  readonly seed: number;
  readonly parts?: Partial<Parts>;
  readonly log?: Partial<LogTraits>;
  readonly isTraced?: boolean;
  /** Faults of which this run has more than the plan says. */
  readonly plan?: Partial<Plan>;
}

export interface Run {
  readonly violations: readonly Violation[];
  readonly counts: World['checker']['counts'];
  /** What happened, if it was traced. */
  readonly trace: string;
}

export async function runSeed(setup: RunSetup): Promise<Run> {
  const { seed, parts = {}, log = {}, isTraced = false } = setup;
  const plan = { ...makePlan(new Random(seed)), ...setup.plan };
  const world = new World({
    seed: seed ^ 0x5bd1e995,
    log: { kept: plan.kept, ...log },
    parts,
    isTraced,
  });
  world.trace(() => `seed ${seed}: ${JSON.stringify(plan)}`);
  const rates = (): ClockRates => {
    const rate = (): number => (plan.clocksDrift ? world.random.pick([0.99, 1, 1.01]) : 1);
    return { monotonic: rate(), wall: rate() };
  };
  const boot = (traits: (typeof plan.nodes)[number]): void => void world.boot(traits, rates());
  for (const traits of plan.nodes) boot(traits);
  const faults = new Faults(world, plan, boot);
  const workload = new Workload(world, plan);
  await world.pass(plan.durationMs);
  faults.end();
  workload.end();
  await world.pass(plan.isEndLong ? settleMs : 100);
  // The last server may have been on its way out, and without one a service knows nothing.
  if (![...world.nodes].some(({ kind }) => kind === 'server')) boot(plan.nodes[0]!);
  await end(world, plan, faults, workload);
  const { violations, counts } = world.checker;
  return { violations, counts, trace: world.lines.join('\n') };
}

/** Longer than any pause that has begun, and than any message that is under way. */
const settleMs = 25_000;
/** Longer than an intent may be hidden behind a gap. */
const heldMs = 45_000;

async function end(world: World, plan: Plan, faults: Faults, workload: Workload): Promise<void> {
  await world.pass(plan.isEndLong ? heldMs : 10);
  world.checker.checkNothingLost();
  for (const node of world.nodes) {
    for (const token of workload.endedTokens) node.ask(token);
    for (const token of workload.currentTokens) node.ask(token);
  }
  if (!plan.isEndLong) return world.pass(10);
  await world.pass(100);
  for (const node of world.nodes) {
    if (node.machine.isPaused) continue;
    for (const token of workload.currentTokens) {
      // The intent of a revoke that came to nothing costs a read each time, for ten minutes.
      const isOpen = token.some(([subject, version]) => world.log.announcedOf(subject) > version);
      const isSmall = node.traits.limits?.maxRecords !== undefined;
      const mayRead = isOpen || isSmall || faults.isUnsure(node.machine);
      node.ask(token, (fromMemory, decision) => {
        if (decision !== 'current') world.checker.complain('liveness', `${node.name}: ${decision}`);
        if (!fromMemory && !mayRead) {
          world.checker.complain('liveness', `${node.name} had to read`);
        }
      });
    }
  }
  await world.pass(10);
}
