// Which answers carry the session's freshest token, and which must not: on both adapters, over HTTP.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { toMinted } from '@portcullis/auth';
import { platforms, startLocalHost, type LocalHost } from '../support/auth-host.js';

describe.each(platforms)('on %s', (platform) => {
  let host: LocalHost;
  let token: string;

  beforeEach(async () => {
    host = await startLocalHost(platform);
    token = host.workshop.token({ roles: ['admin'] });
    host.clock.advance(20_000);
  });
  afterEach(() => host.close());

  const slid = (answer: { token: string | null; headers: Headers }): void => {
    expect(answer.token).not.toBeNull();
    expect(answer.token).not.toBe(token);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  };

  it.each([
    ['GET', '/orders', 200],
    ['HEAD', '/orders', 200],
    ['POST', '/orders', 201],
    ['DELETE', '/orders', 204],
    ['GET', '/orders/admin', 200],
    ['GET', '/answers/file', 200],
    ['GET', '/answers/values', 200],
  ])('%s %s is answered with a fresh token', async (method, path, status) => {
    const answer = await host.api.call(method, path, { token });
    expect(answer.status).toBe(status);
    slid(answer);
  });

  it.each([
    ['a fault of the caller', '/answers/conflict', 409],
    ['a fault of ours', '/answers/crash', 500],
    ['a fault that is observed', '/answers/observed-crash', 500],
    ['a redirect', '/answers/redirect', 302],
    ['nothing new', '/answers/not-modified', 304],
    ['a route that is not there', '/nowhere', 404],
    ['a public route', '/public', 200],
  ])('%s carries none', async (_name, path, status) => {
    const answer = await host.api.get(path, token);
    expect([answer.status, answer.token]).toEqual([status, null]);
  });

  it('a fault takes back no header that the handler has set, and adds none', async () => {
    const { token: left } = await host.api.get('/answers/late-conflict', token);
    expect(left === null || left === 'set-before-the-fault').toBe(true);
  });

  it('what says @SkipRefresh(), and what the caller says is passive, carries none', async () => {
    expect((await host.api.post('/orders/logout', undefined, token)).token).toBeNull();
    const passive = { 'session-activity': 'passive' };
    expect((await host.api.get('/orders', token, passive)).token).toBeNull();
    expect(host.issuer.prepared.size).toBe(0);
  });

  it('an answer that the handler sends itself is sent once, whole', async () => {
    const answer = await host.api.get('/answers/manual', token);
    expect([answer.status, answer.body]).toEqual([200, 'by hand']);
    // Nest's interceptors come after it; a hook of the platform's does not.
    expect(answer.token === null).toBe(platform === 'Express');
  });

  it('a stream of events is not disturbed', async () => {
    const { status, body } = await host.api.get('/answers/events', token);
    expect(status).toBe(200);
    expect(body).toMatch(/data: one[^]*data: two/);
  });

  it('a token that is fresh enough comes back as it was', async () => {
    const fresh = host.workshop.token();
    expect((await host.api.get('/orders', fresh)).token).toBe(fresh);
  });

  it.each([
    ['the user is revoked', (): void => host.versions.revoke()],
    ['the session is ended', (): void => void host.versions.sessions.set('session-1', 'ended')],
    ['the token expires', (): void => host.clock.advance(600_000)],
    ['the versions go away', (): void => void (host.versions.isDown = true)],
  ])('work during which %s is answered without a token', async (_name, happens) => {
    const gate = host.gates.close();
    const answering = host.api.get('/orders/gated', token);
    await gate.entered;
    happens();
    gate.open();
    const answer = await answering;
    expect([answer.status, answer.token]).toEqual([200, null]);
    expect(host.issuer.signed).toBe(0);
  });

  it('versions that come from elsewhere are waited for, before and after', async () => {
    host.versions.isSlow = true;
    slid(await host.api.get('/orders', token));
  });

  it('a session that ends while the versions are fetched is answered without a token', async () => {
    const gate = host.gates.close();
    const answering = host.api.get('/orders/gated', token);
    await gate.entered;
    host.versions.isSlow = true;
    host.versions.sessions.set('session-1', 'ended');
    gate.open();
    expect((await answering).token).toBeNull();
  });

  it.each<[string, NonNullable<LocalHost['issuer']['answer']>]>([
    ['has none', () => null],
    ['has none after a while', () => Promise.resolve(null)],
    ['fails after a while', () => Promise.reject(new Error('away'))],
    [
      'fails at once',
      () => {
        throw new Error('broken');
      },
    ],
  ])('an issuer that %s does no harm to the answer', async (_name, answer) => {
    host.issuer.answer = answer;
    const { status, body, token: sent } = await host.api.get('/orders', token);
    expect([status, body, sent]).toEqual([200, { subject: 'user-1' }, null]);
  });

  it('an issuer elsewhere is asked before the handler runs, and waited for after it', async () => {
    const gate = host.gates.close();
    const next = toMinted('next.token.signed', {} as never);
    host.issuer.answer = () => Promise.resolve(next);
    const answering = host.api.get('/orders/gated', token);
    await gate.entered;
    expect(host.issuer.prepared.size).toBe(1);
    gate.open();
    expect((await answering).token).toBe('next.token.signed');
  });

  it('whoever lacks a role is refused, and nothing is prepared for him', async () => {
    const clerk = host.workshop.token();
    const { status, body, token: sent } = await host.api.get('/orders/admin', clerk);
    expect([status, body.code, sent]).toEqual([403, 'forbidden', null]);
    expect(host.issuer.prepared.size).toBe(0);
  });

  it('a public route that wants a role is open to nobody', async () => {
    expect((await host.api.get('/public/role', token)).status).toBe(403);
  });

  it('a principal is whole where a handler answers with it, and cannot be changed', async () => {
    const { body } = await host.api.get('/orders/principal', token);
    expect(body.user).toMatchObject({
      subject: 'user-1',
      roles: ['admin'],
      sessionId: 'session-1',
      tokenExpiresAt: expect.stringMatching(/Z$/),
    });
    expect(body.areFrozen).toEqual([true, true, true, true, true, true]);
  });
});
