/** The parts that run real servers of their own: revocation, and a flood of logins. */
import type { LoginSetup } from './login/main.js';
import type { Options } from './options.js';
import { runToEnd } from './process/child.js';
import type { Progress } from './process/progress.js';
import type { LoginPart, RevocationPart } from './results.js';
import type { RevocationSetup } from './revocation/main.js';
import type { Given } from './variants/started.js';

export async function runRevocation(
  { quick }: Options,
  progress: Progress,
  given: Given,
  services: readonly string[],
): Promise<RevocationPart> {
  if (given.MONGODB_URI === undefined) throw new Error('there is no MongoDB');
  const setup: RevocationSetup = {
    nodes: quick ? [1, 2] : [1, 2, 4, 8],
    revokes: quick ? 20 : 300,
    loadSeconds: quick ? 2 : 10,
    mongodbUri: given.MONGODB_URI,
    ...(given.REDIS_URL !== undefined && { redisUrl: given.REDIS_URL }),
  };
  progress.expect(1);
  const rows = await runToEnd<RevocationPart['rows']>(
    { name: 'revocation', script: 'revocation/main.js', args: [JSON.stringify(setup)], on: 'any' },
    quick ? 90_000 : 600_000,
    (text) => progress.show(`revocation: ${text}`),
  );
  progress.step('revocation: done');
  return { date: new Date().toISOString(), services, rows };
}

export async function runLogin({ quick, rounds }: Options, progress: Progress): Promise<LoginPart> {
  const setup: LoginSetup = {
    rounds,
    seconds: quick ? 2 : 8,
    loginsPerSecond: 50,
    requestsPerSecond: 200,
  };
  progress.expect(1);
  const measured = await runToEnd<LoginPart['rounds']>(
    { name: 'login', script: 'login/main.js', args: [JSON.stringify(setup)], on: 'any' },
    30_000 + rounds * (2 * setup.seconds + 15) * 1000,
    (text) => progress.show(`login: ${text}`),
  );
  progress.step('login: done');
  return { date: new Date().toISOString(), perSecond: setup.loginsPerSecond, rounds: measured };
}
