// Which bodies are read, and how strictly.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ErrorCode } from '@portcullis/auth';
import { startEdgeServer, type EdgeServer } from '../support/http/edge-server.js';
import { expectProblem } from '../support/http/expect-problem.js';
import { ask, request, type RawAnswer } from '../support/http/raw-answer.js';

let server: EdgeServer;
beforeAll(async () => {
  server = await startEdgeServer();
});
afterAll(() => server.app.close());

const thing = { email: 'ada@example.org', password: 'hunter2hunter2' };
const good = JSON.stringify(thing);
const post = (path: string, type: string | null, body: string, ...more: string[]) =>
  ask(
    server.port,
    request(`POST ${path}`, [...(type === null ? [] : [`Content-Type: ${type}`]), ...more], body),
  );
const postJson = (body: string): Promise<RawAnswer> => post('/things', 'application/json', body);
const form = 'application/x-www-form-urlencoded';

describe('media types of bodies', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON;charset="UTF-8"',
    'application/json ; charset=UTF-8',
  ])('%s is taken', async (type) => {
    expect((await post('/things', type, good)).status).toBe(201);
  });

  it.each([
    null,
    'text/plain',
    'application/json; charset=utf-16',
    'application/json; charset=utf-8; charset=utf-16',
    'application/json, text/plain',
    'application/problem+json',
    'application/jsonx',
    'text/json',
    'json',
    form,
    'multipart/form-data; boundary=x',
  ])('%s is not', async (type) => {
    expectProblem(await post('/things', type, good), 415, 'unsupported_media_type');
  });

  it('a compressed body is not', async () => {
    const answer = await post('/things', 'application/json', good, 'Content-Encoding: gzip');
    expectProblem(answer, 415, 'unsupported_media_type');
  });
});

describe('JSON', () => {
  const broken: readonly [string, string, ErrorCode, string][] = [
    ['cut off', good.slice(0, -1), 'invalid_request', 'not valid JSON'],
    ['with a comment', `/**/${good}`, 'invalid_request', 'not valid JSON'],
    ['with a byte order mark', `\uFEFF${good}`, 'invalid_request', 'not valid JSON'],
    ['with __proto__', '{"a":{"__proto__":{}}}', 'invalid_request', 'not allowed'],
    ['with __proto__ in disguise', '{"\\u005f_proto__":{}}', 'invalid_request', 'not allowed'],
    ['with constructor', '{"a":[{"constructor":{}}]}', 'invalid_request', 'not allowed'],
    ['with prototype', '{"prototype":1}', 'invalid_request', 'not allowed'],
    ['naming a member twice', `{"email":"a",${good.slice(1)}`, 'invalid_request', 'twice'],
    ['nested 33 deep', `{"a":${'['.repeat(32)}${']'.repeat(32)}}`, 'invalid_request', 'deeper'],
    [
      'nested 30000 deep',
      `{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`,
      'invalid_request',
      '',
    ],
    ['with half a surrogate pair', '{"password":"\\ud800"}', 'invalid_request', 'Unicode'],
    ['an array', `[${good}]`, 'validation_failed', 'object'],
    ['a string', '"hunter2"', 'validation_failed', 'object'],
    ['null', 'null', 'validation_failed', 'object'],
  ];
  it.each(broken)('%s', async (_what, body, code, detail) => {
    expect(expectProblem(await postJson(body), 400, code).detail).toContain(detail);
  });

  it('that is not UTF-8', async () => {
    const head = request('POST /things', ['Content-Type: application/json', 'Content-Length: 9']);
    const body = Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d]);
    expect(
      expectProblem(await ask(server.port, head, body), 400, 'invalid_request').detail,
    ).toContain('UTF-8');
  });

  it('that is empty is no body', async () => {
    const problem = expectProblem(await postJson(''), 400, 'validation_failed');
    expect(problem.errors?.map(({ field }) => field)).toContain('email');
  });

  it('that is empty suits a route which takes none', async () => {
    const empty = ['Content-Type: application/json', 'Content-Length: 0'];
    expect((await ask(server.port, request('DELETE /things/a', empty))).status).toBe(204);
    expect((await ask(server.port, request('DELETE /things/a'))).status).toBe(204);
  });
});

describe('forms', () => {
  it.each([
    ['token=a+b%2Bc&hint=x', { token: 'a b+c', hint: 'x' }],
    ['token=a%3Db=c', { token: 'a=b=c' }],
    ['token=a&hint=', { token: 'a' }],
    ['', null],
  ])('%s', async (body, expected) => {
    const length = body === '' ? ['Content-Length: 0'] : [];
    const answer = await post('/oauth/form', form, body, ...length);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([201, { form: expected }]);
  });

  it.each([
    'token=a&token=b',
    'token=a&%74oken=a',
    'token=&token=',
    '__proto__=1',
    'a=%zz',
    'a=%ff',
  ])('%s is refused', async (body) => {
    expectProblem(await post('/oauth/form', form, body), 400, 'invalid_request');
  });
});

describe('fields', () => {
  it('names every fault by its path, and no value', async () => {
    const body = { email: 'hunter2', password: 'hunter2', address: { city: 1 }, role: 'hunter2' };
    const problem = expectProblem(await postJson(JSON.stringify(body)), 400, 'validation_failed');
    expect(problem.errors).toEqual([
      { field: 'role', message: 'is not a known field' },
      { field: 'email', message: 'must be an email' },
      { field: 'password', message: 'must be longer than or equal to 12 characters' },
      { field: 'address.city', message: 'must be a string' },
    ]);
  });

  it.each([
    ['limit=10', 200, '{"limit":10}'],
    ['limit=10&limit=20', 400, '"field":"limit","message":"must be given once"'],
    ['%6cimit=10&limit=20', 400, '"field":"limit","message":"must be given once"'],
    ['limit=201', 400, '"field":"limit"'],
    ['limit[gt]=1', 400, '"field":"limit[gt]","message":"is not a known field"'],
    ['access_token=hunter2', 400, '"field":"access_token","message":"is not a known field"'],
    ['constructor=1', 400, '"field":"constructor"'],
    ['__proto__=1', 400, '"field":"__proto__"'],
  ])('?%s: %d', async (query, status, part) => {
    const answer = await ask(server.port, request(`GET /things?${query}`));
    if (status === 400) expectProblem(answer, 400, 'validation_failed');
    expect([answer.status, answer.body]).toEqual([status, expect.stringContaining(part)]);
  });
});
