/** The server as it ships: `dist/main.js`, embedded store, asked by people who logged in to it. */
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { serverScript } from '../server-files.js';
import { serviceAt, type Started } from './started.js';
import { bearer } from './users.js';

const sessions = 50;
const account = { email: 'bench@example.org', password: 'correct horse battery staple' };

export type ServerRoute = '/health/live' | '/auth/verify' | '/users/me';

export async function startServer(path: ServerRoute): Promise<Started> {
  const folder = mkdtempSync(join(serviceAt('BENCH_FOLDER'), 'server-'));
  const port = await freePort();
  Object.assign(process.env, {
    // With "production" the throttle cannot be off, and fifty logins are more than one address may.
    NODE_ENV: 'development',
    PORT: String(port),
    DATA_DIR: folder,
    ADMIN_PASSWORD: account.password,
    ACCESS_TOKEN_TTL: '14400',
    REFRESH_AFTER: '10',
    THROTTLE: 'off',
    LOG_LEVEL: 'warn',
  });
  // The embedded store, whatever the other variants were given.
  delete process.env['MONGODB_URI'];
  delete process.env['REDIS_URL'];
  await import(serverScript);
  await post(port, '/auth/register', account);
  const tokens: string[] = [];
  while (tokens.length < sessions) {
    const { accessToken } = (await post(port, '/auth/login', account)) as { accessToken: string };
    tokens.push(accessToken);
  }
  return { port, path, headers: tokens.map(bearer) };
}

async function post(port: number, path: string, body: object): Promise<unknown> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
