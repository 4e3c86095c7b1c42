import { afterEach, describe, expect, it } from '@jest/globals';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ApiClient } from '../support/api-client.js';
import { createServerProcess, ServerProcess, startServer } from '../support/server-process.js';

/** The built server as a process: started, killed, started again, and refused what it cannot do. */

const admin = { email: 'admin@localhost', password: 'correct horse battery staple' };
const env = { ADMIN_PASSWORD: admin.password, THROTTLE: 'off' };
const started: ServerProcess[] = [];

async function start(extra: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await startServer({ ...env, ...extra });
  started.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
});

describe('kill -9', () => {
  it('loses nothing that was acknowledged: accounts, sessions, suspensions, keys', async () => {
    const server = await start();
    const api = new ApiClient(server.url);
    const accounts: string[] = [];
    const suspended = new Set<string>();
    const tokens = new Map<string, string>();

    for (let round = 0; round < 4; round++) {
      let running = true;
      const adminToken = await api.login(admin.email, admin.password);
      const work = async (worker: number): Promise<void> => {
        for (let i = 0; running; i++) {
          const email = `r${String(round)}w${String(worker)}n${String(i)}@example.com`;
          const id = await api.register(email);
          accounts.push(email);
          tokens.set(email, await api.login(email));
          if (i % 2 === 1) {
            const answer = await api.post(
              `/admin/users/${id}/suspend`,
              { reason: 'test' },
              adminToken,
            );
            if (answer.status === 200) suspended.add(email);
          }
        }
      };
      const workers = [0, 1, 2].map((worker) => work(worker).catch(() => undefined));
      await new Promise((resolve) => setTimeout(resolve, 400 + 137 * round));
      await server.kill('SIGKILL');
      running = false;
      await Promise.all(workers);
      await server.start();
    }

    expect(accounts.length).toBeGreaterThan(10);
    expect(suspended.size).toBeGreaterThan(2);
    for (const email of accounts) {
      const password = 'a long enough passphrase';
      const login = await api.post('/auth/login', { email, password });
      const isSuspended = login.status === 403;
      // A suspension that was under way when the process died may hold without an answer; never the reverse.
      if (suspended.has(email)) expect(isSuspended).toBe(true);
      else expect([200, 403]).toContain(login.status);
      const token = tokens.get(email);
      if (token === undefined) continue;
      const answer = await api.get('/users/me', token);
      expect([answer.status, answer.body.code]).toEqual(
        isSuspended ? [401, 'token_revoked'] : [200, undefined],
      );
    }
  }, 60_000);
});

describe('a start', () => {
  it('prints where it listens, what it uses, and a made-up password once', async () => {
    const server = await createServerProcess({ THROTTLE: 'off' });
    started.push(server);
    await server.start();
    const password = /password {2}(\S+)/.exec(server.output)?.[1] ?? '';
    expect(server.output).toContain(`Portcullis listens on ${server.url}`);
    expect(server.output).toContain(`storage  embedded, in ${server.dataDir}`);
    expect(await new ApiClient(server.url).login('admin@localhost', password)).toMatch(/^ey/);
    await server.kill('SIGTERM');
    await server.start();
    expect(server.output).not.toContain('password');
  });

  it('names every fault of the environment and ends with 1', async () => {
    const server = await createServerProcess({ ACCESS_TOKEN_TTL: '5', THROTTLE: 'maybe' });
    started.push(server);
    const { code, output } = await server.startAndFail();
    expect(code).toBe(1);
    expect(output.trim().split('\n')).toEqual([
      expect.stringMatching(/^ACCESS_TOKEN_TTL: must be/),
      expect.stringMatching(/^THROTTLE: must be/),
    ]);
  });

  it('is refused by one line when another server uses the folder, and that one goes on', async () => {
    const first = await start();
    const second = new ServerProcess('http://127.0.0.1:1', first.dataDir, { ...env, PORT: '0' });
    const { code, output } = await second.startAndFail();
    expect(code).toBe(1);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(output).toContain(first.dataDir);
    expect((await new ApiClient(first.url).get('/health/ready')).status).toBe(200);
  });

  it('is refused by one line when the port is taken', async () => {
    const first = await start();
    const second = await createServerProcess({ ...env, PORT: new URL(first.url).port });
    started.push(second);
    const { code, output } = await second.startAndFail();
    expect([code, output.trim()]).toEqual([
      1,
      expect.stringMatching(/^PORT: another program listens/),
    ]);
  });

  it('is refused by the name of a damaged file, which stays as it is', async () => {
    const server = await start();
    await server.kill('SIGTERM');
    const file = join(server.dataDir, 'portcullis.db');
    const damaged = Buffer.concat([
      Buffer.from('not a database'),
      (await readFile(file)).subarray(14),
    ]);
    await writeFile(file, damaged);
    const { code, output } = await server.startAndFail();
    expect(code).toBe(1);
    expect(output).toContain(file);
    expect((await readFile(file)).equals(damaged)).toBe(true);
  });

  it('keeps its secrets from other users of the machine', async () => {
    const server = await start();
    for (const name of ['portcullis.db', 'signing-keys.json']) {
      expect((await stat(join(server.dataDir, name))).mode & 0o077).toBe(0);
    }
  });
});

describe('SIGTERM', () => {
  it('ends the server in good order, with what is under way answered', async () => {
    const server = await start();
    const api = new ApiClient(server.url);
    const login = api.post('/auth/login', admin);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const ended = server.kill('SIGTERM');
    expect((await login).status).toBe(200);
    await ended;
    await server.start();
    expect((await api.get('/health/ready')).status).toBe(200);
  });
});
