import { expect } from '@jest/globals';
import { problems, type ErrorCode, type Problem } from '@portcullis/auth';
import type { RawAnswer } from './raw-answer.js';

/** What every answer has, error or not, whoever wrote it. HSTS comes with an https issuer only. */
export const securityHeaders = {
  'content-security-policy':
    "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none';object-src 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

export function expectCommonHeaders(answer: RawAnswer): void {
  expect(Object.fromEntries(answer.headers)).toMatchObject(securityHeaders);
  expect(answer.headers.get('x-request-id')).toMatch(uuid);
  for (const name of ['server', 'x-powered-by', 'via'])
    expect(answer.headers.has(name)).toBe(false);
}

/** A whole problem as the contract has it, with nothing of the inside in it. */
export function expectProblem(answer: RawAnswer, status: number, code: ErrorCode): Problem {
  expect(answer.raw).not.toBe('');
  const problem = JSON.parse(answer.body) as Problem;
  expect({ status: answer.status, code: problem.code }).toEqual({ status, code });
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(answer.body)));
  expectCommonHeaders(answer);
  expect(problem).toMatchObject({ type: 'about:blank', title: problems[code].title, status });
  const names = ['type', 'title', 'status', 'detail', 'code', 'errors', 'instance'];
  expect(names).toEqual(expect.arrayContaining(Object.keys(problem)));
  expect(answer.raw).not.toMatch(
    /fastify|nestjs|node_modules|FST_|HPE_|\.[jt]s\b|\n +at |hunter2/i,
  );
  return problem;
}
