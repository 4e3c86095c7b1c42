// A revoker that is killed, or stopped, at each of its steps in turn: what it began holds nowhere or, within
// the lease and with nobody's help, everywhere.
import { Logger } from '@nestjs/common';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Machine } from './world/machine.js';
import { Stage } from './scenarios/stage.js';

/** Longer than a lease, and than a commit or a node may take to come round to anything. */
const afterwardsMs = 80_000;
const leaseEndMs = 5_100;

interface Outcome {
  /** Whether the revoker came to that step at all. */
  readonly hasHappened: boolean;
  readonly hasAnswered: boolean;
  readonly isCommitted: boolean;
  readonly trace: string;
  readonly violations: readonly { readonly text: string }[];
}

/** Does `befall` to the revoker when it has done `count` half steps: before and after each message. */
async function revokeWith(
  count: number,
  befall: (machine: Machine, stage: Stage) => void,
): Promise<Outcome> {
  const stage = new Stage({});
  const { world } = stage;
  const r = await stage.boot({ bell: 'redis' });
  const x = await stage.boot({ bell: 'redis' });
  const y = await stage.boot({ bell: 'redis' });
  await stage.ask(x);
  let left = count;
  let hasHappened = false;
  const answered = stage.revoke(r);
  world.mishaps = {
    atStep: (machine) => {
      if (machine !== r.machine || hasHappened || left-- > 0) return;
      hasHappened = true;
      befall(machine, stage);
    },
    shuffleMs: () => 0,
  };
  // X hears everything, and Y, which is new to the subject, is asked all the time.
  for (let ms = 0; ms < leaseEndMs; ms += 150) {
    await stage.ask(y);
    await stage.pass(120);
  }
  for (const node of [x, y]) await stage.ask(node);
  await stage.pass(afterwardsMs);
  for (const node of [x, y]) await stage.ask(node);
  return {
    hasHappened,
    hasAnswered: answered(),
    isCommitted: world.database.commits.length > 0,
    trace: world.lines.join('\n'),
    violations: world.checker.violations,
  };
}

async function atEachStep(befall: (machine: Machine, stage: Stage) => void): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let count = 0; count < 100; count++) {
    const outcome = await revokeWith(count, befall);
    if (outcome.violations.length > 0) {
      throw new Error(`step ${count}: ${outcome.violations[0]!.text}\n${outcome.trace}`);
    }
    if (!outcome.hasHappened) break;
    outcomes.push(outcome);
  }
  return outcomes;
}

beforeAll(() => Logger.overrideLogger(false));

describe('a revoker at each of its steps', () => {
  it('may be killed', async () => {
    const outcomes = await atEachStep((machine, { world }) => {
      for (const node of world.nodes) if (node.machine === machine) node.crash();
    });
    expect(outcomes.length).toBeGreaterThan(8);
    expect(outcomes.some(({ isCommitted }) => !isCommitted)).toBe(true);
    expect(outcomes.some(({ isCommitted, hasAnswered }) => isCommitted && !hasAnswered)).toBe(true);
  });

  it.each([100, 6_000, 29_000, 45_000])('may be stopped for %i ms', async (ms) => {
    const outcomes = await atEachStep((machine) => machine.pause(ms));
    expect(outcomes.length).toBeGreaterThan(8);
    // Too late for this round's commit, it begins again.
    expect(outcomes.every(({ isCommitted }) => isCommitted)).toBe(true);
  });
});
