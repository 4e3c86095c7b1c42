import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ApiClient } from '../support/api-client.js';
import { startServer, type ServerProcess } from '../support/server-process.js';

/** Commands on the server's machine: through the running server, and without one. */

let server: ServerProcess;
let api: ApiClient;
const admin = { email: 'admin@localhost', password: 'correct horse battery staple' };

interface Output {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

function cli(...args: string[]): Promise<Output> {
  const env = { PATH: process.env['PATH'], DATA_DIR: server.dataDir };
  return new Promise((resolve) => {
    execFile(process.execPath, ['dist/cli/main.js', ...args], { env }, (failure, out, error) => {
      resolve({
        code: typeof failure?.code === 'number' ? failure.code : 0,
        out: out.trim(),
        error: error.trim(),
      });
    });
  });
}

beforeAll(async () => {
  server = await startServer({ ADMIN_PASSWORD: admin.password, THROTTLE: 'off' });
  api = new ApiClient(server.url);
});
afterAll(() => server.stop());

describe('beside a running server', () => {
  it('suspends an account, and it is shut at once', async () => {
    const id = await api.register('mia@example.com');
    const token = await api.login('mia@example.com');
    const suspended = await cli('users', 'suspend', 'Mia@example.com', '--reason', 'fraud');
    expect(suspended).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /^mia@example.com is suspended; in force on 1 of 1 nodes after [\d.]+ ms$/,
      ),
    });
    expect((await api.get('/users/me', token)).body.code).toBe('token_revoked');
    const adminToken = await api.login(admin.email, admin.password);
    const { body } = await api.get(`/admin/audit?target=${id}&action=user.suspend`, adminToken);
    expect(body.entries[0]).toMatchObject({
      actor: { type: 'cli' },
      reason: 'fraud',
      result: 'success',
    });
    expect((await cli('users', 'reactivate', id)).out).toMatch(/^mia@example.com is active/);
    expect((await api.get('/users/me', token)).body.code).toBe('token_revoked');
    await api.login('mia@example.com');
  });

  it('makes an account whose password is shown once, gives it a role, lists it', async () => {
    const { out } = await cli('users', 'create', 'tom@example.com', '--role', 'editor');
    const password = /password, shown this once: (\S+)$/.exec(out)?.[1] ?? '';
    await api.login('tom@example.com', password);
    expect((await cli('users', 'roles', 'tom@example.com', '--role', 'auditor')).out).toMatch(
      /has auditor; in force/,
    );
    expect((await cli('users', 'list', '--search', 'tom')).out).toMatch(
      /tom@example.com\s+active\s+auditor$/,
    );
  });

  it("ends a session, and everybody's", async () => {
    await api.register('zoe@example.com');
    const [one, two] = [await api.login('zoe@example.com'), await api.login('zoe@example.com')];
    const { out } = await cli('sessions', 'list');
    const ids = out
      .split('\n')
      .filter((line) => line.includes('zoe@'))
      .map((line) => line.split(' ')[0] ?? '');
    expect(ids).toHaveLength(2);
    expect((await cli('sessions', 'end', ids[0] ?? '')).code).toBe(0);
    const codes = await Promise.all(
      [one, two].map(async (token) => (await api.get('/users/me', token)).body.code),
    );
    expect(codes.sort()).toEqual(['session_revoked', undefined]);
    expect(await cli('revoke-all', '--reason', 'breach')).toMatchObject({
      code: 2,
      error: expect.stringContaining('add --yes'),
    });
    expect((await cli('revoke-all', '--reason', 'breach', '--yes')).code).toBe(0);
    expect((await api.get('/users/me', two)).status).toBe(401);
  });

  it('rotates and revokes keys', async () => {
    const before = await api.login('zoe@example.com');
    expect((await cli('keys', 'rotate')).out).toMatch(/retiring/);
    expect((await api.get('/users/me', before)).status).toBe(200);
    const kid = JSON.parse(Buffer.from(before.split('.')[0] ?? '', 'base64url').toString())
      .kid as string;
    expect((await cli('keys', 'revoke', kid, '--reason', 'leaked')).code).toBe(0);
    expect((await api.get('/users/me', before)).body.code).toBe('token_revoked');
    expect(await cli('keys', 'revoke', 'nope')).toMatchObject({
      code: 1,
      error: expect.stringMatching(/^not_found/),
    });
  });

  it.each([
    ['nobody', ['users', 'suspend', 'nobody@example.com', '--reason', 'x'], 2, /there is no user/],
    ['no reason', ['users', 'suspend', 'zoe@example.com'], 2, /--reason is required/],
    [
      'the last administrator',
      ['users', 'suspend', admin.email, '--reason', 'x'],
      1,
      /^last_admin/,
    ],
    [
      'a role that is none',
      ['users', 'roles', 'zoe@example.com', '--role', 'A B'],
      2,
      /is not a role/,
    ],
    [
      'a reason of two lines',
      ['users', 'suspend', 'zoe@example.com', '--reason', 'a\nb'],
      2,
      /one line/,
    ],
    ['no such command', ['sessions', 'kill'], 2, /there is no command/],
  ])('refuses %s and says why', async (_name, args, code, error) => {
    expect(await cli(...args)).toMatchObject({
      code,
      error: expect.stringMatching(error),
      out: '',
    });
  });

  it('keeps the socket to its owner', async () => {
    expect((await stat(join(server.dataDir, 'control.sock'))).mode & 0o077).toBe(0);
  });
});

describe('without a server', () => {
  it('does the same on the folder', async () => {
    await server.kill('SIGKILL');
    expect((await cli('users', 'suspend', 'zoe@example.com', '--reason', 'fraud')).code).toBe(0);
    await server.start();
    const body = { email: 'zoe@example.com', password: 'a long enough passphrase' };
    expect((await api.post('/auth/login', body)).body.code).toBe('account_suspended');
  });
});
