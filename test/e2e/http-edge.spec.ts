// What is no proper HTTP request, or too much of one, over real sockets: refused as a whole problem.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ErrorCode } from '@portcullis/auth';
import { startEdgeServer, type EdgeServer } from '../support/http/edge-server.js';
import { expectCommonHeaders, expectProblem } from '../support/http/expect-problem.js';
import { ask, request } from '../support/http/raw-answer.js';

let server: EdgeServer;
beforeAll(async () => {
  const limits = { headersTimeoutMs: 300, requestTimeoutMs: 400, timeoutCheckMs: 50 };
  server = await startEdgeServer({}, limits);
});
afterAll(() => server.app.close());

const json = 'Content-Type: application/json';
const chunked = 'Transfer-Encoding: chunked';
const thing = JSON.stringify({ email: 'ada@example.org', password: 'hunter2hunter2' });
const chunk = (size: number): string => `${size.toString(16)}\r\n${'a'.repeat(size)}\r\n`;
const head = 'GET /things HTTP/1.1\r\nHost: edge\r\nConnection: close\r\n';

type Row = readonly [what: string, bytes: string | Buffer, status: number, code?: ErrorCode];

const malformed: readonly Row[] = [
  ['no HTTP at all', 'hello, is anybody there?\r\n\r\n', 400],
  ['a TLS hello', Buffer.from('160301020001000001fc0303', 'hex'), 400],
  ['an HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  ['an unknown version', 'GET /things HTTP/9.9\r\nHost: edge\r\n\r\n', 400],
  ['an unknown method', 'FROBNICATE /things HTTP/1.1\r\nHost: edge\r\n\r\n', 400],
  ['a method in lower case', 'get /things HTTP/1.1\r\nHost: edge\r\n\r\n', 400],
  ['bare LF for line ends', 'GET /things HTTP/1.1\nHost: edge\n\n', 400],
  ['a space before the colon', `${head}X-A : 1\r\n\r\n`, 400],
  ['a folded header field', `${head}X-A: 1\r\n 2\r\n\r\n`, 400],
  ['NUL in a header value', `${head}X-A: 1\0 2\r\n\r\n`, 400],
  ['NUL in the target', 'GET /th\0ings HTTP/1.1\r\nHost: edge\r\n\r\n', 400],
  ['Content-Length and chunked', request('POST /things', [json, chunked], thing), 400],
  ['two lengths', request('POST /things', [json, 'Content-Length: 1'], thing), 400],
  ['a length of +5', `${head.replace('GET', 'POST')}Content-Length: +5\r\n\r\nhello`, 400],
  [
    'chunked, then something',
    request('POST /things', [json, 'Transfer-Encoding: chunked, x']),
    400,
  ],
  ['a broken chunk size', `${request('POST /things', [json, chunked])}zz\r\n`, 400],
  ['no Host', 'GET /things HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
  ['two Hosts', request('GET /things', ['host: other']), 400],
  ['two Content-Types', request('POST /things', [json, 'content-type: text/plain'], thing), 400],
  ['two Authorizations', request('GET /things', ['Authorization: a', 'Authorization: b']), 400],
  ['… in another case', request('GET /things', ['Authorization: a', 'aUTHORIZATION: a']), 400],
  ['a broken percent-encoding', request('GET /things/%zz'), 400],
  ['percent-encoding of no UTF-8', request('GET /%ff'), 400],
  [
    'CONNECT',
    'CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n',
    405,
    'method_not_allowed',
  ],
];

const tooMuch: readonly Row[] = [
  ['a header of 20 KiB', request('GET /things', [`X-A: ${'a'.repeat(20_000)}`]), 431],
  ['101 header fields', request('GET /things', Array<string>(99).fill('a: b')), 431],
  ['a request line of 20 KB', request(`GET /${'a'.repeat(20_000)}`), 431],
  ['a target of 9 KB', request(`GET /things?a=${'a'.repeat(9_000)}`), 414],
  ['a path parameter of 300 characters', request(`GET /things/${'a'.repeat(300)}`), 414],
  [
    '65 KiB announced',
    request('POST /things', [json, 'Content-Length: 66560']),
    413,
    'payload_too_large',
  ],
  [
    '65 KiB in chunks',
    `${request('POST /things', [json, chunked])}${chunk(66_560)}`,
    413,
    'payload_too_large',
  ],
  [
    'chunk extensions of 20 KB',
    `${request('POST /things', [json, chunked])}1;${'a'.repeat(20_000)}\r\n`,
    413,
    'payload_too_large',
  ],
];

const tooSlow: readonly Row[] = [
  ['half a header', 'GET /things HTTP/1.1\r\nHost: ed', 408],
  ['half a body', request('POST /things', [json, 'Content-Length: 100']) + '{"email"', 408],
  ['a chunked body without an end', `${request('POST /things', [json, chunked])}${chunk(10)}`, 408],
];

describe.each([
  ['malformed', malformed],
  ['too much', tooMuch],
  ['too slow', tooSlow],
])('%s', (_name, rows) => {
  it.each(rows)('%s', async (_what, bytes, status, code = 'invalid_request') => {
    expectProblem(await ask(server.port, bytes), status, code);
  });
});

describe('what is unusual and right', () => {
  it.each([
    ['HTTP/1.0 without a Host', 'GET /things HTTP/1.0\r\n\r\n', 200],
    ['an absolute target', request('GET http://edge/things'), 200],
    ['an expectation nobody knows', request('GET /things', ['Expect: wonders']), 200],
    [
      'a body of 64 KiB less a bit',
      request('POST /things', [json], `{"a":"${'a'.repeat(65_000)}"}`),
      400,
    ],
    ['a body on GET', request('GET /things', ['Content-Type: text/plain'], 'hello'), 200],
    ['an Upgrade', request('GET /things', ['Upgrade: websocket']), 200],
  ])('%s', async (_what, bytes, status) => {
    const answer = await ask(server.port, bytes);
    expect(answer.status).toBe(status);
    expectCommonHeaders(answer);
  });

  it('is still there after all of that', async () => {
    expect((await ask(server.port, request('GET /things'))).body).toBe('{"limit":null}');
  });
});
