/** Guarded requests at a steady rate, alone and beside people who log in: what a hash costs those who wait. */
import { mkdirSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { closePaced, paced } from '../load/paced.js';
import { tell, work } from '../process/messages.js';
import type { LoginPart } from '../results.js';
import { loadHttpClient, loadProcesses, serverScript } from '../server-files.js';
import { bearer } from '../variants/users.js';

export interface LoginSetup {
  readonly rounds: number;
  readonly seconds: number;
  readonly loginsPerSecond: number;
  readonly requestsPerSecond: number;
}

const account = { email: 'bench@example.org', password: 'correct horse battery staple' };

await work(async () => {
  const setup = JSON.parse(process.argv[2] ?? '{}') as LoginSetup;
  // Its own waiting for a core is not to be measured, where the system allows that.
  try {
    setPriority(-10);
  } catch {
    tell('progress', 'the client has no priority');
  }
  const { openServerGroup, freePort } = await loadProcesses();
  const group = await openServerGroup();
  try {
    const port = await freePort();
    const folder = join(group.folder, 'data');
    mkdirSync(folder);
    const settings = { DATA_DIR: folder, PORT: String(port), THROTTLE: 'off', LOG_LEVEL: 'warn' };
    await group.start({
      command: process.execPath,
      args: [serverScript],
      env: { PATH: process.env['PATH'], ADMIN_PASSWORD: account.password, ...settings },
      ready: /listens on/,
    });
    return await measure(port, setup);
  } finally {
    closePaced();
    await group.close();
  }
});

async function measure(port: number, setup: LoginSetup): Promise<LoginPart['rounds'][number][]> {
  const { HttpClient } = await loadHttpClient();
  const client = new HttpClient(port);
  await client.send('POST', '/auth/register', { body: account });
  const { body } = await client.send('POST', '/auth/login', { body: account });
  client.close();
  const headers = bearer((body as { accessToken: string }).accessToken);
  const text = JSON.stringify(account);
  const posted = { 'content-type': 'application/json', 'content-length': String(text.length) };
  const get = { port, method: 'GET', path: '/auth/verify', headers };
  const post = { port, method: 'POST', path: '/auth/login', headers: posted, body: text };
  const { seconds, requestsPerSecond, loginsPerSecond } = setup;
  await paced(requestsPerSecond, 1, () => get);
  const rounds: LoginPart['rounds'][number][] = [];
  for (let round = 1; round <= setup.rounds; round += 1) {
    const quiet = await paced(requestsPerSecond, seconds, () => get);
    const [beside, logins] = await Promise.all([
      paced(requestsPerSecond, seconds, () => get),
      paced(loginsPerSecond, seconds, () => post),
    ]);
    rounds.push({ quiet, beside, logins });
    tell('progress', `round ${round}: p99 ${quiet.p99} ms alone, ${beside.p99} ms beside logins`);
  }
  return rounds;
}
