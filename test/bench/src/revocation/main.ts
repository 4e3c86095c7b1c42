/** How long a revoke takes, from the call to its answer, on so many nodes: idle, and while all of them are busy. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Load, Loaded } from '../load/closed-loop.js';
import { round } from '../load/latencies.js';
import { Child } from '../process/child.js';
import { tell, work } from '../process/messages.js';
import type { RevocationPart } from '../results.js';
import { bearer } from '../variants/users.js';
import { administrator, Servers, type Server } from './servers.js';

export interface RevocationSetup {
  readonly nodes: readonly number[];
  readonly revokes: number;
  readonly loadSeconds: number;
  readonly mongodbUri: string;
  readonly redisUrl?: string;
}

type Row = RevocationPart['rows'][number];

const loadConnections = 48;

await work(async () => {
  const setup = JSON.parse(process.argv[2] ?? '{}') as RevocationSetup;
  const rows: Row[] = [];
  for (const count of setup.nodes) {
    tell('progress', `starting ${count} servers`);
    const servers = await Servers.start(count, setup.mongodbUri, setup.redisUrl);
    try {
      rows.push(...(await measure(servers.all, setup)));
    } finally {
      await servers.stop();
    }
  }
  return rows;
});

async function measure(servers: readonly Server[], setup: RevocationSetup): Promise<Row[]> {
  const [first] = servers;
  if (first === undefined) throw new Error('there is no server');
  const token = await logIn(first, administrator);
  const user = { email: 'user@example.org', password: 'battery staple correct horse' };
  const registered = await first.client.send('POST', '/auth/register', { body: user });
  const { id } = (registered.body as { user: { id: string } }).user;
  const revoke = (index: number): Promise<Revoked> => revokeOnce(servers, index, id, token);

  for (let i = 0; i < 10; i += 1) await revoke(i);
  const idle: Revoked[] = [];
  for (let i = 0; i < setup.revokes; i += 1) {
    idle.push(await revoke(i));
    await sleep(10);
  }
  tell('progress', `${servers.length} nodes, idle: ${idle.length} revokes`);
  const { revoked, requestsPerSecond } = await whileBusy(servers, setup, token, revoke);
  tell('progress', `${servers.length} nodes, busy: ${revoked.length} revokes`);
  return [
    toRow(servers.length, false, idle, 0),
    toRow(servers.length, true, revoked, requestsPerSecond),
  ];
}

interface Revoked {
  readonly answeredAfter: number;
  readonly acknowledgedAfter: number;
  readonly spreadIn: number;
}

async function revokeOnce(
  servers: readonly Server[],
  index: number,
  id: string,
  token: string,
): Promise<Revoked> {
  const server = servers[index % servers.length] as Server;
  const begun = performance.now();
  const answer = await server.client.send('POST', `/admin/users/${id}/revoke`, { token, body: {} });
  const answeredAfter = performance.now() - begun;
  if (answer.status !== 200) {
    throw new Error(
      `a revoke failed: ${answer.status} ${JSON.stringify(answer.body)} ${answer.failure}`,
    );
  }
  const { revocation } = answer.body as {
    revocation: { nodes: { acknowledgedAfterMs?: number }[] };
  };
  if (revocation.nodes.length !== servers.length) {
    throw new Error(`${revocation.nodes.length} nodes acknowledged, not ${servers.length}`);
  }
  const acknowledged = revocation.nodes.map(
    ({ acknowledgedAfterMs = Infinity }) => acknowledgedAfterMs,
  );
  if (acknowledged.includes(Infinity)) throw new Error('a node did not acknowledge in its lease');
  const [first, last] = [Math.min(...acknowledged), Math.max(...acknowledged)];
  return {
    answeredAfter: round(answeredAfter, 2),
    acknowledgedAfter: round(last, 2),
    spreadIn: round(last - first, 2),
  };
}

async function whileBusy(
  servers: readonly Server[],
  { loadSeconds, revokes }: RevocationSetup,
  token: string,
  revoke: (index: number) => Promise<Revoked>,
): Promise<{ revoked: Revoked[]; requestsPerSecond: number }> {
  // Not from here: this process must be free to see when an answer comes.
  const loader = new Child({ name: 'loader', script: 'load/loader.js', on: 'any' });
  try {
    await loader.outcome(20_000);
    const loads = servers.map(({ port }) => {
      const load: Load = {
        url: `http://127.0.0.1:${port}/auth/verify`,
        connections: Math.ceil(loadConnections / servers.length),
        seconds: loadSeconds,
        headers: [bearer(token)],
        adopts: false,
      };
      return loader.ask<Loaded>('load', load, loadSeconds * 1000 + 30_000);
    });
    const until = performance.now() + loadSeconds * 1000 - 300;
    await sleep(500);
    const revoked: Revoked[] = [];
    while (performance.now() < until && revoked.length < revokes) {
      revoked.push(await revoke(revoked.length));
      await sleep(10);
    }
    const done = await Promise.all(loads);
    const failures = done.reduce((sum, one) => sum + one.failures, 0);
    if (failures > 0) throw new Error(`${failures} requests beside the revokes failed`);
    const requestsPerSecond = done.reduce((sum, one) => sum + one.requests / one.seconds, 0);
    return { revoked, requestsPerSecond: Math.round(requestsPerSecond) };
  } finally {
    await loader.stop();
  }
}

async function logIn({ client }: Server, body: object): Promise<string> {
  const answer = await client.send('POST', '/auth/login', { body });
  if (answer.status !== 200) throw new Error(`no login: ${answer.status} ${answer.failure}`);
  return (answer.body as { accessToken: string }).accessToken;
}

function toRow(
  nodes: number,
  isLoaded: boolean,
  revoked: readonly Revoked[],
  requestsPerSecond: number,
): Row {
  return {
    nodes,
    isLoaded,
    answeredAfter: revoked.map((one) => one.answeredAfter),
    acknowledgedAfter: revoked.map((one) => one.acknowledgedAfter),
    spreadIn: revoked.map((one) => one.spreadIn),
    requestsPerSecond,
  };
}
