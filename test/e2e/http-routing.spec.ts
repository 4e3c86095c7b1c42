// Which path and method lead to a route, and what the others are told.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEdgeServer, type EdgeServer } from '../support/http/edge-server.js';
import { expectCommonHeaders, expectProblem } from '../support/http/expect-problem.js';
import { ask, request, type RawAnswer } from '../support/http/raw-answer.js';

let server: EdgeServer;
beforeAll(async () => {
  server = await startEdgeServer();
});
afterAll(() => server.app.close());

const answerTo = (line: string, ...headers: string[]): Promise<RawAnswer> =>
  ask(server.port, request(line, headers));

describe('paths have one spelling', () => {
  it.each([
    ['/nothing', 404],
    ['/things/', 404],
    ['//things', 404],
    ['/things//a', 404],
    ['/Things', 404],
    ['/x/../things', 404],
    ['/x/%2e%2e/things', 404],
    ['/things/..%2f..%2fetc', 200], // one segment, and only text
    ['/things%2fa', 404],
    ['/things;a=b', 404],
    ['/things%00', 404],
    ['/%63acheable', 200], // RFC 3986 §6.2.2.2: the same path
    ['*', 404],
    ['*things', 404],
  ])('%s: %d', async (path, status) => {
    const answer = await answerTo(`GET ${path}?q=hunter2`);
    if (status === 200) {
      expect(answer.status).toBe(200);
      expectCommonHeaders(answer);
      return;
    }
    const problem = expectProblem(answer, 404, 'not_found');
    expect(problem.instance).toBe(path);
  });

  it('names the path of an absolute target without its authority', async () => {
    const answer = await answerTo('GET http://other.example/nothing?a=1');
    expect(expectProblem(answer, 404, 'not_found').instance).toBe('/nothing');
  });
});

describe('methods', () => {
  it.each([
    ['PUT /things', 'GET, HEAD, POST, OPTIONS'],
    ['DELETE /things?x=1', 'GET, HEAD, POST, OPTIONS'],
    ['TRACE /things', 'GET, HEAD, POST, OPTIONS'],
    ['PROPFIND /things', 'GET, HEAD, POST, OPTIONS'],
    ['POST /things/a', 'GET, HEAD, DELETE, OPTIONS'],
    ['GET /oauth/form', 'POST, OPTIONS'],
  ])('%s is not allowed, and Allow says what is', async (line, allow) => {
    const answer = await answerTo(line);
    expectProblem(answer, 405, 'method_not_allowed');
    expect(answer.headers.get('allow')).toBe(allow);
  });

  it.each(['TRACE /nothing', 'DELETE /nothing', 'OPTIONS /nothing', 'PROPFIND /nothing'])(
    '%s is not found',
    async (line) => {
      expectProblem(await answerTo(line), 404, 'not_found');
    },
  );

  it('does not read the body of what it does not take', async () => {
    const answer = await ask(
      server.port,
      request('POST /nothing', ['Content-Type: text/plain'], 'hello'),
    );
    expectProblem(answer, 404, 'not_found');
  });

  it('HEAD is GET without the body', async () => {
    const answer = await answerTo('HEAD /things');
    expect([answer.status, answer.body]).toEqual([200, '']);
    expect(answer.headers.get('content-length')).toBe('14');
    expectCommonHeaders(answer);
  });

  it('HEAD of nothing is a 404 without a body', async () => {
    const answer = await answerTo('HEAD /nothing');
    expect([answer.status, answer.body]).toEqual([404, '']);
  });

  it('OPTIONS that is no preflight says what there is', async () => {
    const answer = await answerTo('OPTIONS /things');
    expect([answer.status, answer.body]).toEqual([204, '']);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
    expectCommonHeaders(answer);
  });
});
