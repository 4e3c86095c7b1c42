// Who may read answers from a script: exact origins and nobody else; and security headers by address.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { knownOrigin, startEdgeServer, type EdgeServer } from '../support/http/edge-server.js';
import { expectProblem, securityHeaders } from '../support/http/expect-problem.js';
import { ask, request, type RawAnswer } from '../support/http/raw-answer.js';

let server: EdgeServer;
beforeAll(async () => {
  server = await startEdgeServer({ ISSUER_URL: 'https://login.example' });
});
afterAll(() => server.app.close());

const corsHeaders = (answer: RawAnswer): Record<string, string> =>
  Object.fromEntries([...answer.headers].filter(([name]) => name.startsWith('access-control-')));
const forKnownOrigin = {
  'access-control-allow-origin': knownOrigin,
  'access-control-expose-headers': 'Authorization, WWW-Authenticate, Retry-After',
};
const answerTo = (line: string, ...headers: string[]): Promise<RawAnswer> =>
  ask(server.port, request(line, headers));

describe('the known origin', () => {
  it.each([
    ['an answer', 'GET /things', 200],
    ['nothing there', 'GET /nothing', 404],
    ['a wrong method', 'PUT /things', 405],
    ['an unexpected error', 'GET /fail/unexpected', 500],
    ['an ambiguous request', 'GET /things?limit=1&limit=2', 400],
  ])('may read %s', async (_what, line, status) => {
    const answer = await answerTo(line, `Origin: ${knownOrigin}`);
    expect(answer.status).toBe(status);
    expect(corsHeaders(answer)).toEqual(forKnownOrigin);
    expect(answer.headers.get('vary')).toBe('Origin');
  });

  it('may read an event stream', async () => {
    const { headers } = await fetch(`http://127.0.0.1:${server.port}/events`, {
      headers: { origin: knownOrigin },
    });
    expect(headers.get('access-control-allow-origin')).toBe(knownOrigin);
    expect(Object.fromEntries(headers)).toMatchObject(securityHeaders);
  });

  it.each(['/things', '/nothing'])(
    'is told by a preflight for %s what it may send',
    async (path) => {
      const answer = await answerTo(
        `OPTIONS ${path}`,
        `Origin: ${knownOrigin}`,
        'Access-Control-Request-Method: PATCH',
        'Access-Control-Request-Headers: authorization, x-other',
      );
      expect([answer.status, answer.body]).toEqual([204, '']);
      expect(corsHeaders(answer)).toEqual({
        ...forKnownOrigin,
        'access-control-allow-headers':
          'Authorization, Content-Type, Session-Activity, Last-Event-ID',
        'access-control-allow-methods': 'GET, HEAD, POST, PATCH, DELETE',
        'access-control-max-age': '600',
      });
      expect(answer.headers.get('vary')).toBe('Origin');
    },
  );
});

it('an OPTIONS of the known origin that is no preflight is no plain text', async () => {
  const answer = await answerTo('OPTIONS /things', `Origin: ${knownOrigin}`);
  expect([answer.status, answer.body]).toEqual([204, '']);
});

describe.each([
  ['another', 'https://evil.example'],
  ['null', 'null'],
  ['a look-alike below', 'https://app.example.evil.example'],
  ['a look-alike above', 'https://evil-app.example'],
  ['a subdomain', 'https://x.app.example'],
  ['another scheme', 'http://app.example'],
  ['another port', 'https://app.example:8443'],
  ['the default port', 'https://app.example:443'],
  ['another case', 'https://APP.example'],
  ['a slash', 'https://app.example/'],
  ['two', `${knownOrigin}, https://evil.example`],
  ['nothing', ''],
])('the origin %s', (_what, origin) => {
  it('gets no word of CORS, and the cache is told that origins differ', async () => {
    const answer = await answerTo('GET /things', `Origin: ${origin}`);
    expect([answer.status, corsHeaders(answer)]).toEqual([200, {}]);
    expect(answer.headers.get('vary')).toBe('Origin');
  });

  it('gets no leave from a preflight', async () => {
    const preflight = ['Access-Control-Request-Method: POST', `Origin: ${origin}`];
    const answer = await answerTo('OPTIONS /things', ...preflight);
    expect([answer.status, corsHeaders(answer)]).toEqual([204, {}]);
    expect(answer.headers.get('vary')).toBe('Origin');
  });
});

it('two Origin fields are refused', async () => {
  const answer = await answerTo('GET /things', `Origin: ${knownOrigin}`, `Origin: ${knownOrigin}`);
  expectProblem(answer, 400, 'invalid_request');
});

describe('security headers', () => {
  it.each([
    ['an answer', request('GET /things')],
    ['nothing there', request('GET /nothing')],
    ['what no hook sees', request('GET /%zz')],
    ['what is no HTTP', 'garbage\r\n\r\n'],
  ])('of an https issuer have HSTS on %s', async (_what, bytes) => {
    const answer = await ask(server.port, bytes);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      ...securityHeaders,
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
    });
  });

  it('of an http issuer have none: it would lock the host out of http for a year', async () => {
    const plain = await startEdgeServer({ ISSUER_URL: 'http://login.example' });
    const answers = [request('GET /things'), 'garbage\r\n\r\n'].map((bytes) =>
      ask(plain.port, bytes),
    );
    for (const { headers } of await Promise.all(answers)) {
      expect(headers.has('strict-transport-security')).toBe(false);
    }
    await plain.app.close();
  });

  it.each([
    [
      '/export',
      "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none';object-src 'none';style-src 'self'",
    ],
    [
      '/%65xport',
      "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none';object-src 'none';style-src 'self'",
    ],
    ['/export/nothing', securityHeaders['content-security-policy']],
    ['/exports', securityHeaders['content-security-policy']],
  ])('%s has the policy of its page', async (path, policy) => {
    expect((await answerTo(`GET ${path}`)).headers.get('content-security-policy')).toBe(policy);
  });
});
