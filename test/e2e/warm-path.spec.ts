// A warm guarded request: decided in memory, without a promise, and by the same rules at every hit.
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { JwtGuard } from '../../libs/auth/src/guard/jwt.guard.js';
import { Slide } from '../../libs/auth/src/refresh/slide.js';
import { TokenChecks } from '@portcullis/auth';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../support/create-test-app.js';

let server: TestApp;
let guard: JwtGuard;
let token: string;

beforeAll(async () => {
  server = await createTestApp();
  await server.api.register('mia@example.com');
  token = await server.api.login('mia@example.com');
  guard = new JwtGuard(new Reflector(), server.app.get(TokenChecks), server.app.get(Slide));
});
afterAll(() => server.close());

function handler(): void {
  // Neither public nor with roles: guarded, like every route that says nothing.
}

function requestWith(bearer: string): ExecutionContext {
  const request = {
    headers: { authorization: `Bearer ${bearer}` },
    rawHeaders: ['Authorization', `Bearer ${bearer}`],
    url: '/',
  };
  return {
    getType: () => 'http',
    getHandler: () => handler,
    getClass: () => Object,
    getArgByIndex: () => request,
  } as unknown as ExecutionContext;
}

it('is let in by a plain true: the guard makes no promise', async () => {
  expect(await guard.canActivate(requestWith(token))).toBe(true);
  expect(guard.canActivate(requestWith(token))).toBe(true);
});

it('is refused the moment the session has ended, and from then on from memory', async () => {
  const other = await server.api.login('mia@example.com');
  expect(await guard.canActivate(requestWith(other))).toBe(true);
  await server.api.post('/auth/logout', undefined, other);
  await expect(guard.canActivate(requestWith(other))).rejects.toThrow('The session was ended.');
  expect(() => guard.canActivate(requestWith(other))).toThrow('The session was ended.');
});

it('is refused from memory the millisecond the token expires', () => {
  server.clock.advance(599_999);
  expect(guard.canActivate(requestWith(token))).toBe(true);
  server.clock.advance(1);
  expect(() => guard.canActivate(requestWith(token))).toThrow('The access token has expired.');
});
