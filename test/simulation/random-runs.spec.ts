// The revocation protocol in simulated worlds in which everything goes wrong. A seed that fails is
// printed with what happened in it; a long run: SIMULATION_SEEDS=100000, from SIMULATION_FIRST_SEED.
import { Logger } from '@nestjs/common';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { runSeed } from './run/run-seed.js';

const seeds = Number(process.env['SIMULATION_SEEDS'] ?? 10_000);
const firstSeed = Number(process.env['SIMULATION_FIRST_SEED'] ?? 1);

beforeAll(() => {
  Logger.overrideLogger(false);
  // Every check that cannot be made is an error, and nobody looks where it came from.
  Error.stackTraceLimit = 0;
});

describe('the revocation protocol', () => {
  it(`lets no older token in after a revoke has answered, in ${seeds} worlds`, async () => {
    const began = performance.now();
    const total = { accepted: 0, refused: 0, unavailable: 0, fromMemory: 0, revokes: 0 };
    for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
      const { violations, counts } = await runSeed({ seed });
      if (violations.length > 0) {
        const { trace } = await runSeed({ seed, isTraced: true });
        throw new Error(`seed ${seed}: ${violations[0]!.text}\n${trace}`);
      }
      for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += counts[key];
    }
    const seconds = (performance.now() - began) / 1000;
    console.log(`${seeds} seeds in ${seconds.toFixed(1)} s: ${JSON.stringify(total)}`);
    expect(total.revokes).toBeGreaterThan(seeds);
    expect(total.fromMemory).toBeGreaterThan(seeds);
  }, 3_600_000);
});
