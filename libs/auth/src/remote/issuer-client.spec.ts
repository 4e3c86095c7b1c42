// Requests to the auth server: bounded in time, number and size, and never led elsewhere.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { IssuerServer, json } from '../../../../test/support/auth/issuer-server.js';
import { eventually } from '../../../../test/support/eventually.js';
import { UnavailableError } from '../access-token/access-token.errors.js';
import { IssuerClient } from './issuer-client.js';

let server: IssuerServer;
let client: IssuerClient;
let lines: string[];

beforeEach(async () => {
  server = await IssuerServer.start();
  client = newClient();
  lines = [];
  Logger.overrideLogger({
    log: () => undefined,
    warn: (line) => void lines.push(line),
    error: () => undefined,
  });
});
afterEach(async () => {
  Logger.overrideLogger(false);
  await server.close();
});

const newClient = (requestTimeoutMs = 5_000): IssuerClient =>
  new IssuerClient({ issuer: server.url, clientId: 'a b', clientSecret: 'x:ü%', requestTimeoutMs });

describe('a request to the issuer', () => {
  it('with a JSON body says so, and who is asking, form-encoded as RFC 6749 says', async () => {
    server.answer = json({ fine: true });
    expect(await client.postJson('/path', { a: [1] })).toEqual({ fine: true });
    const [asked] = server.asked;
    expect(asked).toMatchObject({ method: 'POST', path: '/path', body: '{"a":[1]}' });
    expect(asked?.headers['content-type']).toBe('application/json');
    const credentials = Buffer.from(asked?.headers.authorization?.slice(6) ?? '', 'base64');
    expect(credentials.toString()).toBe('a+b:x%3A%C3%BC%25');
  });

  it('gets an answer in several pieces, also in the middle of a character', async () => {
    const text = Buffer.from(JSON.stringify({ name: 'Zoë' }));
    const cut = text.indexOf(0xc3) + 1;
    server.answer = (response) => {
      response.write(text.subarray(0, cut));
      setTimeout(() => response.end(text.subarray(cut)), 20);
    };
    expect(await client.get('/')).toEqual({ name: 'Zoë' });
  });

  it.each<[string, IssuerServer['answer']]>([
    ['a refusal', json({}, 403)],
    ['a failure', json({}, 500)],
    ['another success', json({}, 201)],
    ['no JSON', (response) => response.end('<html>')],
    ['a list', json([])],
    ['null', (response) => response.end('null')],
    ['nothing', (response) => response.end()],
    ['a redirect', (response) => response.writeHead(302, { location: '/elsewhere' }).end()],
    ['a broken connection', (response) => response.destroy()],
  ])('that gets %s is 503', async (_name, answer) => {
    server.answer = answer;
    await expect(client.postJson('/', {})).rejects.toThrow(UnavailableError);
    expect(server.asked).toHaveLength(1);
  });

  it('is over when its time is, also in the middle of the answer', async () => {
    server.answer = (response) => response.write('{');
    await expect(newClient(50).get('/')).rejects.toThrow(UnavailableError);
    await eventually(() => server.open.size === 0);
  });

  it('is not read beyond 1 MiB, and the connection is closed', async () => {
    const fits = { text: 'x'.repeat(1_048_576 - 11) };
    server.answer = json(fits);
    expect(await client.get('/')).toEqual(fits);
    let written = 0;
    server.answer = (response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, ' '))) written += 65_536;
      };
      response.on('drain', more);
      more();
    };
    await expect(client.get('/')).rejects.toThrow(UnavailableError);
    await eventually(() => server.open.size === 0);
    // What fits into the buffers of both sides comes on top of what was read.
    expect(written).toBeLessThan(64 * 1_048_576);
  });

  it('that is refused keeps no connection busy', async () => {
    server.answer = (response) => {
      response.writeHead(500);
      response.write('x');
    };
    await expect(client.get('/')).rejects.toThrow(UnavailableError);
    // Long before the time-out of the request, which would close it as well.
    await eventually(() => server.open.size === 0, 2_000);
  });

  it('beyond 256 at once is refused and not sent, and there is room again', async () => {
    server.answer = () => undefined;
    const waiting = Array.from({ length: 256 }, () => client.get('/'));
    await expect(client.get('/')).rejects.toThrow('Too many checks are under way.');
    server.answer = json({});
    await eventually(() => server.asked.length === 256);
    server.breakAll();
    await Promise.allSettled(waiting);
    expect(await client.get('/')).toEqual({});
    expect(server.asked).toHaveLength(257);
  });

  it('that fails is one line of the log for each path, until one succeeds', async () => {
    const ask = (path: string): Promise<unknown> => client.get(path).catch(() => undefined);
    server.answer = json({}, 500);
    for (let i = 0; i < 3; i++) await ask('/a');
    await ask('/b');
    expect(lines).toEqual([
      '/a of the issuer failed: status 500',
      '/b of the issuer failed: status 500',
    ]);
    server.answer = json({});
    await ask('/a');
    server.answer = json({}, 500);
    await ask('/a');
    await ask('/b');
    expect(lines).toHaveLength(3);
  });

  it('says in the log nothing of its secret', async () => {
    await server.close();
    await expect(client.postJson('/a', { secret: 'hunter2' })).rejects.toThrow(UnavailableError);
    expect(lines).toEqual([expect.stringMatching(/ECONNREFUSED/)]);
    expect(lines.join()).not.toMatch(/hunter2|Basic/);
    server = await IssuerServer.start();
  });
});

describe('a stream', () => {
  it('goes on until it is aborted', async () => {
    server.answer = (response) => {
      response.writeHead(200);
      response.write('one');
    };
    const end = new AbortController();
    const pieces = await client.stream('/', end.signal);
    const [asked] = server.asked;
    expect(asked?.headers).toMatchObject({ accept: 'text/event-stream' });
    expect(asked?.headers.authorization).toMatch(/^Basic /);
    const iterator = pieces[Symbol.asyncIterator]();
    expect(String(Buffer.from((await iterator.next()).value as Uint8Array))).toBe('one');
    const next = iterator.next();
    end.abort();
    await expect(next).rejects.toThrow();
    await eventually(() => server.open.size === 0);
  });

  it.each([401, 204, 503])('is none with status %d', async (status) => {
    server.answer = (response) => response.writeHead(status).end();
    const { signal } = new AbortController();
    await expect(client.stream('/', signal)).rejects.toThrow(`status ${status}`);
  });
});
