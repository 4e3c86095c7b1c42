// What is written of a request: one JSON line, and nothing that a reader of logs should not know.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEdgeServer, type EdgeServer } from '../support/http/edge-server.js';
import { ask, exchange, request } from '../support/http/raw-answer.js';

let server: EdgeServer;
beforeAll(async () => {
  server = await startEdgeServer({ TRUST_PROXY: '1' });
});
afterAll(() => server.app.close());

type Line = Record<string, unknown>;

/** The lines that a request adds, once there is one that ends it. */
async function linesOf(bytes: string, message = 'request'): Promise<Line[]> {
  const before = server.log().length;
  await exchange(server.port, bytes);
  for (let tries = 0; tries < 200; tries++) {
    const lines = server.log().slice(before).trim().split('\n').filter(Boolean);
    const parsed = lines.map((line) => JSON.parse(line) as Line);
    if (parsed.some(({ msg }) => msg === message)) return parsed;
    await sleep(5);
  }
  throw new Error('nothing was logged');
}

describe('one line for each request', () => {
  it('says when, who, what and how it ended', async () => {
    const lines = await linesOf(
      request('GET /whoami?token=hunter2', [
        'Authorization: Bearer hunter2',
        'X-Forwarded-For: 203.0.113.7',
        'X-Request-Id: abc-1',
      ]),
    );
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        pid: process.pid,
        hostname: expect.any(String),
        requestId: expect.stringMatching(/^[\da-f-]{36}$/),
        clientRequestId: 'abc-1',
        method: 'GET',
        route: '/whoami',
        status: 200,
        ms: expect.any(Number),
        ip: '203.0.113.7',
        subject: 'user-1',
        msg: 'request',
      },
    ]);
  });

  it.each([
    ['the pattern of its route, not its path', 'GET /things/secret-id', { route: '/things/:id' }],
    ['the path that led nowhere', 'GET /nothing?a=hunter2', { path: '/nothing', status: 404 }],
    ['a method that is not there', 'TRACE /things', { path: '/things', status: 405 }],
    ['a preflight that is none', 'OPTIONS /things', { method: 'OPTIONS', status: 204 }],
  ])('has %s', async (_what, line, expected) => {
    const [logged, ...more] = await linesOf(request(line));
    expect(logged).toMatchObject(expected);
    expect(more).toEqual([]);
    expect(JSON.stringify(logged)).not.toContain('secret-id');
  });

  it('is written too for an answer that the client left', async () => {
    const half = await linesOf(request('GET /half'));
    expect(half.at(-1)).toMatchObject({ route: '/half', aborted: true });
  });

  it('bears the id that the answer bears', async () => {
    const before = server.log().length;
    const id = (await ask(server.port, request('GET /things'))).headers.get('x-request-id');
    await sleep(20);
    expect(server.log().slice(before)).toContain(`"requestId":"${id}"`);
  });

  it('takes no forged address from further away than the proxy', async () => {
    const [line] = await linesOf(
      request('GET /whoami', ['X-Forwarded-For: 198.51.100.1, 203.0.113.7']),
    );
    expect(line).toMatchObject({ ip: '203.0.113.7' });
  });

  it.each([
    [{}, '127.0.0.1'],
    [{ TRUST_PROXY: 'off' }, '127.0.0.1'],
    [{ TRUST_PROXY: 'loopback' }, '203.0.113.7'],
    [{ TRUST_PROXY: '10.0.0.0/8, ::1' }, '127.0.0.1'],
    [{ TRUST_PROXY: '2' }, '198.51.100.1'],
  ])('%j: the address is %s', async (variables, ip) => {
    const other = await startEdgeServer(variables);
    const forwarded = 'X-Forwarded-For: 192.0.2.1, 198.51.100.1, 203.0.113.7';
    const { body } = await ask(other.port, request('GET /whoami', [forwarded]));
    await other.app.close();
    expect(body).toBe(JSON.stringify({ ip }));
  });

  it.each(['a b', 'a"},{"x', 'é', 'x'.repeat(65)])('leaves out the client id %s', async (id) => {
    const [line] = await linesOf(request('GET /things', [`X-Request-Id: ${id}`]));
    expect(line).not.toHaveProperty('clientRequestId');
  });
});

describe('what no hook sees', () => {
  it.each([
    ['garbage hunter2\r\n\r\n', 400, 'HPE_INVALID_METHOD'],
    [request('GET /things', [`Cookie: ${'hunter2'.repeat(3_000)}`]), 431, 'HPE_HEADER_OVERFLOW'],
    [request('GET /%zz?hunter2'), 400, 'FST_ERR_BAD_URL'],
    ['CONNECT hunter2:443 HTTP/1.1\r\nHost: a\r\n\r\n', 405, 'connect'],
  ])('%j', async (bytes, status, reason) => {
    const lines = await linesOf(bytes, 'request refused');
    expect(lines).toEqual([
      expect.objectContaining({ status, reason, ip: '127.0.0.1', requestId: expect.any(String) }),
    ]);
  });
});

it('an unexpected error is logged with its stack and the request id, and answered without', async () => {
  const lines = await linesOf(request('GET /fail/unexpected'));
  const [fault, line] = lines;
  expect(fault).toMatchObject({ level: 'error', msg: 'unexpected error' });
  expect(fault?.['error']).toMatch(/^Error: .*\n +at .*edge\.module/);
  expect(fault?.['requestId']).toBe(line?.['requestId']);
});

it('an outage is logged with what is away', async () => {
  const [fault] = await linesOf(request('GET /fail/storage'));
  expect(fault).toMatchObject({
    level: 'warn',
    error: expect.stringContaining('StorageUnavailable'),
  });
});

it('no credential, body or query was ever written', async () => {
  const body = JSON.stringify({ email: 'a@b.example', password: 'correct-horse' });
  const headers = ['Authorization: Bearer s3cret', 'Content-Type: application/json'];
  await linesOf(request('POST /things?key=s3cret', headers, body));
  await linesOf(request('POST /things', headers, `${body},`));
  await linesOf(request('POST /things', headers, body.replace('correct', 'x')));
  const requests = server
    .log()
    .split('\n')
    .filter((line) => !line.includes('"error":'));
  expect(requests.join('\n')).not.toMatch(/hunter2|s3cret|horse|Bearer|a@b\.example|\?/);
});
