// Which bearer tokens a service lets in: every clause, case by case, over real sockets, on both adapters.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problems, type Problem } from '@portcullis/auth';
import { platforms, startLocalHost, type LocalHost } from '../support/auth-host.js';
import { ask, type RawAnswer } from '../support/http/raw-answer.js';
import { bearer } from './access-token/bearer.cases.js';
import { foreignKeys, workshop, type Case, type Outcome } from './access-token/bench.js';
import { claims } from './access-token/claims.cases.js';
import { forged } from './access-token/forged.cases.js';
import { joseHeader } from './access-token/header.cases.js';
import { spelling } from './access-token/spelling.cases.js';

const clauses = [...bearer, ...spelling, ...joseHeader, ...claims, ...forged];

describe('the table', () => {
  it('has its cases, each under a name of its own', () => {
    const names = clauses.flatMap(({ clause, cases }) =>
      cases.map(([name]) => `${clause}: ${name}`),
    );
    expect(names.length).toBeGreaterThan(400);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });
});

describe.each(platforms)('on %s', (platform) => {
  let host: LocalHost;
  beforeAll(async () => {
    host = await startLocalHost(platform, workshop, foreignKeys);
  });
  afterAll(() => host.close());

  describe.each(clauses)('$clause', ({ cases }) => {
    it.each(cases)('%s', async (_name, sent, outcome) => {
      const { versions, issuer } = host;
      const before = { checks: versions.checks, prepared: issuer.prepared.size };
      const answer = await send(host.port, sent);
      expectOutcome(answer, sent, outcome);
      // What is refused is refused before anybody is asked about the token's user or session.
      if (outcome.status !== 200)
        expect({ checks: versions.checks, prepared: issuer.prepared.size }).toEqual(before);
    });
  });
});

function send(port: number, sent: Case[1]): Promise<RawAnswer> {
  const {
    line = 'GET /orders',
    headers,
    body = '',
  } = typeof sent === 'string' ? { headers: [`Authorization: Bearer ${sent}`] } : sent;
  const fixed = ['Host: orders', 'Connection: close', `Content-Length: ${Buffer.byteLength(body)}`];
  const bytes = [`${line} HTTP/1.1`, ...fixed, ...headers, '', body].flatMap((part, i) => [
    Buffer.from(i === 0 ? '' : '\r\n'),
    Buffer.isBuffer(part) ? part : Buffer.from(part),
  ]);
  return ask(port, Buffer.concat(bytes));
}

function expectOutcome(answer: RawAnswer, sent: Case[1], outcome: Outcome): void {
  const { headers } = answer;
  const isProblem = headers.get('content-type') === 'application/problem+json; charset=utf-8';
  const problem = isProblem ? (JSON.parse(answer.body) as Problem) : null;
  expect({
    status: answer.status,
    code: problem?.code ?? null,
    challenge: headers.get('www-authenticate') ?? null,
  }).toEqual(outcome);
  expect(headers.has('authorization')).toBe(outcome.status === 200);
  if (outcome.code === null) return;
  expect(headers.get('cache-control')).toBe('no-store');
  const { status, title } = problems[outcome.code];
  expect(problem).toEqual({
    type: 'about:blank',
    title,
    status,
    detail: expect.any(String),
    code: outcome.code,
    instance: '/orders',
  });
  // Nothing of a token comes back, not even of a bad one: answers are logged.
  const texts = typeof sent === 'string' ? [sent] : sent.headers.map(String);
  for (const part of texts
    .join('.')
    .split(/[^\w-]/)
    .filter(({ length }) => length > 20))
    expect(answer.raw).not.toContain(part);
}
