// Real processes, real faults, two minutes of it; `npm run test:faults` runs as long as it is told.
import { expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { describeWithMongo, getMongoUri } from '../support/services/describe-with.js';

/** A lease of two seconds ends often in so short a time. The machine does other tests meanwhile. */
const shortRun = ['--seconds', '60', '--lease', '2', '--rate', '80', '--revokes-per-second', '3'];
const scenarios = ['--scenarios', '--lease', '2', '--slack', '1500'];

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

function run(args: readonly string[]): Promise<Ended> {
  const env = { ...process.env, MONGODB_URI: getMongoUri() };
  return new Promise((resolve) => {
    const options = { env, maxBuffer: 16_777_216 };
    const child = execFile(
      process.execPath,
      ['test/faults/run.mjs', ...args],
      options,
      (_error, out, errors) => resolve({ code: child.exitCode, output: out + errors }),
    );
  });
}

const numberAfter = (output: string, name: string): number =>
  Number(new RegExp(`^${name} +(\\d+)`, 'm').exec(output)?.[1] ?? NaN);

describeWithMongo('four servers and a service', () => {
  it('let nobody in who was revoked, whatever fails', async () => {
    const { code, output } = await run(shortRun);
    // What happened around it, and the seed, are in what it printed.
    if (code !== 0) throw new Error(output);
    for (const name of [
      'stale accepts',
      'unchecked',
      'lost revokes',
      'false refusals',
      'crashes',
    ]) {
      expect([name, numberAfter(output, name)]).toEqual([name, 0]);
    }
    expect(numberAfter(output, 'requests')).toBeGreaterThan(1_000);
    expect(numberAfter(output, 'revokes')).toBeGreaterThan(20);
    expect(numberAfter(output, 'faults')).toBeGreaterThan(20);
  }, 240_000);

  it('go on until their lease ends, and serve again at once', async () => {
    const { code, output } = await run(scenarios);
    if (code !== 0) throw new Error(output);
    expect(output).toContain('All as promised.');
  }, 180_000);
});
