// What a route answers with: a media type that was asked for, or what its handler threw.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ErrorCode } from '@portcullis/auth';
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

describe('media types', () => {
  it.each([
    ['/things', undefined, 'application/json'],
    ['/things', '*/*', 'application/json'],
    ['/things', 'text/html, */*;q=0.1', 'application/json'],
    ['/things', 'application/*', 'application/json'],
    ['/things', 'application/problem+json', 'application/json'],
    ['/export', 'text/csv', 'text/csv'],
    ['/export', 'text/csv;q=0.5, application/json', 'application/json'],
    ['/export', '*/*', 'application/json'],
    ['/events', 'text/event-stream', 'text/event-stream'],
  ])('%s for Accept: %s is %s', async (path, accept, type) => {
    const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, {
      headers: accept === undefined ? {} : { accept },
    });
    expect([answer.status, answer.headers.get('content-type')?.split(';')[0]]).toEqual([200, type]);
  });

  it.each([
    ['GET /things', 'text/html'],
    ['GET /things', 'application/json;q=0'],
    ['GET /things', 'text/csv'],
    ['GET /things', 'nonsense'],
    ['GET /events', 'image/png'],
  ])('%s for Accept: %s cannot be', async (line, accept) => {
    expectProblem(await answerTo(line, `Accept: ${accept}`), 406, 'not_acceptable');
  });

  it('varies by Accept where there is a choice, and says so beside Origin', async () => {
    expect((await answerTo('GET /export')).headers.get('vary')).toBe('Origin, Accept');
    expect((await answerTo('GET /things')).headers.get('vary')).toBe('Origin');
  });

  it('no content suits everybody: a gateway passes on the Accept of a picture', async () => {
    expect((await answerTo('DELETE /things/a', 'Accept: image/png')).status).toBe(204);
  });
});

describe('what a handler throws', () => {
  it.each<[string, number, ErrorCode]>([
    ['unexpected', 500, 'internal_error'],
    ['storage', 503, 'unavailable'],
    ['cursor', 400, 'validation_failed'],
    ['duplicate', 409, 'conflict'],
  ])('%s: %d %s, with nothing of the answer that was begun', async (how, status, code) => {
    const answer = await answerTo(`GET /fail/${how}?token=hunter2`);
    expect(expectProblem(answer, status, code).instance).toBe(`/fail/${how}`);
    expect(answer.headers.get('retry-after')).toBe(code === 'unavailable' ? '1' : undefined);
    for (const name of ['authorization', 'etag']) expect(answer.headers.has(name)).toBe(false);
  });

  it('so does what a plugin throws', async () => {
    expectProblem(await answerTo('GET /plugin'), 500, 'internal_error');
  });

  it('half an answer is cut off, so that it does not pass for the whole', async () => {
    const answer = fetch(`http://127.0.0.1:${server.port}/half`).then((half) => half.text());
    await expect(answer).rejects.toThrow(/terminated|fetch failed/);
  });
});

it('starts without a warning of two error handlers', async () => {
  const warn = jest.spyOn(process, 'emitWarning');
  await (await startEdgeServer()).app.close();
  expect(warn.mock.calls).toEqual([]);
  warn.mockRestore();
});

it('an answer that may be kept says so itself', async () => {
  expect((await answerTo('GET /things')).headers.get('cache-control')).toBe('no-store');
  expect((await answerTo('GET /cacheable')).headers.get('cache-control')).toBe(
    'public, max-age=60',
  );
});

it("does not take a caller's request id for its own", async () => {
  const answer = await answerTo(
    'GET /things',
    'X-Request-Id: 00000000-0000-4000-8000-000000000000',
  );
  expectCommonHeaders(answer);
  expect(answer.headers.get('x-request-id')).not.toMatch(/^0{8}/);
});
