/** How the operators' page is served beside the API: to whom, with which headers, and from which files. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { serveDashboard } from '../../src/dashboard/serve-dashboard.js';
import { registerSecurityHeaders } from '../../src/http/security-headers.js';

const asBrowser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
const script = 'console.log("gate")';

let folder: string;
let instance: FastifyInstance;

async function start(built: string): Promise<FastifyInstance> {
  const server = fastify();
  registerSecurityHeaders(server, false);
  await server.after();
  await serveDashboard(server, built);
  server.get('/admin/users', async () => ({ users: [] }));
  await server.ready();
  return server;
}

beforeAll(async () => {
  folder = `${await mkdtemp(join(tmpdir(), 'portcullis-'))}/`;
  await mkdir(`${folder}assets`);
  const tags = '<meta nonce="__CSP_NONCE__"><script nonce="__CSP_NONCE__"></script>';
  await writeFile(`${folder}index.html`, `<!doctype html>${tags}`);
  await writeFile(`${folder}assets/index-AbC123.js`, script);
  await writeFile(`${folder}assets/index-AbC123.js.gz`, gzipSync(script));
  instance = await start(folder);
});
afterAll(async () => {
  await instance.close();
  await rm(folder, { recursive: true, force: true });
});

describe('an address under /admin', () => {
  const addresses = ['/admin/', '/admin/users', '/admin/users/abc?x=1', '/admin/nowhere/at/all'];

  it.each(addresses)('%s is the page for a browser', async (url) => {
    const answer = await instance.inject({ url, headers: asBrowser });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers.vary).toMatch(/\bAccept\b/);
  });

  it.each([{}, { accept: '*/*' }, { accept: 'application/json' }, { accept: 'text/csv' }])(
    'is the API for a program that accepts %j',
    async (headers) => {
      const answer = await instance.inject({ url: '/admin/users', headers });
      expect(answer.json()).toEqual({ users: [] });
      expect(answer.headers.vary).toMatch(/\bAccept\b/);
    },
  );

  it('is never the page for what changes something', async () => {
    const answer = await instance.inject({
      method: 'POST',
      url: '/admin/users',
      headers: asBrowser,
    });
    expect(answer.statusCode).toBe(404);
  });

  it('without its slash leads to the one with it', async () => {
    const answer = await instance.inject({ url: '/admin', headers: asBrowser });
    expect([answer.statusCode, answer.headers.location]).toEqual([308, '/admin/']);
  });

  it('has no page beside it', async () => {
    const answer = await instance.inject({ url: '/administration', headers: asBrowser });
    expect(answer.statusCode).toBe(404);
  });
});

describe('the page', () => {
  const open = async (): Promise<{ html: string; policy: string }> => {
    const { body, headers } = await instance.inject({ url: '/admin/', headers: asBrowser });
    return { html: body, policy: String(headers['content-security-policy']) };
  };

  it('may load nothing but what has the nonce of this one answer', async () => {
    const { html, policy } = await open();
    const nonce = /nonce="([^"]+)"/.exec(html)?.[1] ?? '';
    expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
    expect(html).not.toContain('__CSP_NONCE__');
    expect(policy.split(';').sort()).toEqual(
      [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "img-src 'self'",
        "object-src 'none'",
        `script-src 'nonce-${nonce}'`,
        `style-src 'nonce-${nonce}'`,
      ].sort(),
    );
    expect((await open()).html).not.toBe(html);
  });
});

describe('an asset', () => {
  it('is kept for good, as its name has its content in it, and sent as it was compressed', async () => {
    const headers = { 'accept-encoding': 'gzip' };
    const answer = await instance.inject({ url: '/admin/assets/index-AbC123.js', headers });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(answer.headers['content-type']).toMatch(/javascript/);
    expect(answer.headers.vary).toMatch(/accept-encoding/i);
    expect(answer.rawPayload).toEqual(gzipSync(script));
  });

  it('that is not there is not there, for a browser too', async () => {
    const url = '/admin/assets/index-old.js';
    expect((await instance.inject({ url, headers: asBrowser })).statusCode).toBe(404);
  });

  it('outside the folder cannot be asked for', async () => {
    const url = '/admin/assets/..%2findex.html';
    expect((await instance.inject({ url })).statusCode).toBe(404);
  });
});

describe('a server whose dashboard was not built', () => {
  it('says so to a browser, and answers programs', async () => {
    const bare = await start(`${folder}nothing/`);
    const answer = await bare.inject({ url: '/admin/users', headers: asBrowser });
    expect(answer.statusCode).toBe(404);
    expect(answer.body).toBe('The dashboard was not built: npm run build\n');
    expect((await bare.inject({ url: '/admin/users' })).json()).toEqual({ users: [] });
    await bare.close();
  });
});
