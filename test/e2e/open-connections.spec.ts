// A service with streams, sockets and slow handlers: what a revoke ends, before it is acknowledged.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import {
  Doorbell,
  Revoker,
  RevocationNode,
  SystemNodeClock,
  type Revoked,
  type Subject,
} from '@portcullis/auth';
import { createParser } from 'eventsource-parser';
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { ApiClient } from '../support/api-client.js';
import { platforms, type Platform } from '../support/auth-host.js';
import { FakeIssuer, FakeKeys } from '../support/auth/fake-ports.js';
import { active, FakeSource } from '../support/auth/fake-versions.js';
import { startLiveHost, type LiveHost } from '../support/auth/live-host.js';
import { eventually } from '../support/eventually.js';
import { FakeClock } from '../support/fake-clock.js';
import { MemoryRevocationLog } from '../support/memory-revocation-log.js';
import { TokenWorkshop } from '../support/tokens.js';

const workshop = new TokenWorkshop(new FakeClock());
const clock = workshop.clock as FakeClock;

let source: FakeSource;
let bell: Doorbell;
let log: MemoryRevocationLog;
let revoker: Revoker;
let live: LiveHost;
let api: ApiClient;
let token: string;
let user: Subject;
let users = 0;

beforeAll(() => Logger.overrideLogger(false));

async function start(platform: Platform): Promise<void> {
  const nodeClock = new SystemNodeClock();
  source = new FakeSource();
  bell = new Doorbell();
  log = new MemoryRevocationLog(nodeClock);
  revoker = new Revoker(log, bell, nodeClock);
  const node = new RevocationNode({
    node: 'live',
    kind: 'service',
    leaseMs: 5_000,
    feed: log,
    bell,
    source,
    secondLevel: null,
    usesMemory: true,
    clock: nodeClock,
    time: clock,
  });
  const ports = {
    keys: new FakeKeys(new Map([[workshop.key.kid, workshop.key.publicKey]])),
    versions: node.versions,
    connections: node.connections,
    accessTokenIssuer: new FakeIssuer(workshop),
    lifecycle: { start: () => node.start(), stop: () => node.stop() },
  };
  live = await startLiveHost(platform, ports, clock);
  api = new ApiClient(live.url);
}

/** A user of his own for each test, with a session. */
function signIn(): void {
  user = `u:user-${++users}`;
  token = workshop.token({ sub: user.slice(2), sid: `session-${users}` });
  const live: [Subject, number][] = [
    [user, 3],
    [`s:session-${users}`, 1],
    ['c:shop', 2],
    ['i', 1],
    [`k:${workshop.key.kid}`, 1],
  ];
  for (const [subject, version] of live) source.versions.set(subject, active(version));
}

const revoke = (subject: Subject = user): Promise<Revoked<string>> =>
  revoker.revoke([
    {
      subject,
      readVersion: async () => source.versions.get(subject)?.version ?? 0,
      commit: async ({ version }) => {
        source.versions.set(subject, active(version + 1));
        return 'done';
      },
    },
  ]);

interface Page {
  readonly status: number;
  readonly heard: { event: string | undefined; data: string }[];
  isClosed: boolean;
}

async function listen(bearer = token): Promise<Page> {
  const headers = { authorization: `Bearer ${bearer}`, accept: 'text/event-stream' };
  const response = await fetch(`${live.url}/news`, { headers });
  const heard: Page['heard'] = [];
  const page: Page = { status: response.status, heard, isClosed: false };
  const parser = createParser({ onEvent: ({ event, data }) => heard.push({ event, data }) });
  const text = new TextDecoder();
  const read = async (): Promise<void> => {
    for await (const piece of response.body ?? []) parser.feed(text.decode(piece as Uint8Array));
    page.isClosed = true;
  };
  void read();
  if (response.status === 200) await eventually(() => live.news.messages.observed);
  return page;
}

interface Wire {
  readonly status: number;
  readonly socket: Socket;
  readonly heard: string[];
  isClosed: boolean;
}

/** The handshake of a browser, but for the header, which a browser's script cannot set. */
function connect(authorization?: string): Promise<Wire> {
  return new Promise((resolve, reject) => {
    const upgrade = request(`${live.url}/socket`, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...(authorization !== undefined && { authorization }),
      },
    });
    upgrade.on('error', reject);
    upgrade.on('response', (response) => {
      response.resume();
      const { statusCode: status = 0, socket } = response;
      resolve({ status, socket, heard: [], isClosed: true });
    });
    upgrade.on('upgrade', (response, socket: Socket) => {
      expect(response.headers['sec-websocket-accept']).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
      const wire: Wire = { status: response.statusCode ?? 0, socket, heard: [], isClosed: false };
      // Frames of less than 126 bytes, each in a piece of its own.
      socket.on('data', (frame: Buffer) => wire.heard.push(String(frame.subarray(2))));
      socket.on('error', () => undefined);
      socket.on('close', () => (wire.isClosed = true));
      resolve(wire);
    });
    upgrade.end();
  });
}

describe.each(platforms)('a service on %s', (platform) => {
  beforeAll(() => start(platform));
  afterAll(() => live.app.close());
  beforeEach(signIn);
  afterEach(() => live.connections.endAll('unknown'));

  describe('an event stream', () => {
    it('is told what there is to tell, until the revoke; it is over before the acknowledgement', async () => {
      const page = await listen();
      live.news.messages.next('one');
      await eventually(() => page.heard.length === 1);
      const observed: boolean[] = [];
      const stop = bell.onAcknowledgement(() => observed.push(live.news.messages.observed));
      const { nodes } = await revoke();
      stop();
      expect(nodes).toMatchObject([{ id: 'live', acknowledgedAfterMs: expect.any(Number) }]);
      expect(observed).toEqual([false, false]);
      live.news.messages.next('two');
      await eventually(() => page.isClosed);
      expect(page.heard).toEqual([
        { event: undefined, data: 'one' },
        { event: 'ended', data: '{"code":"token_revoked"}' },
      ]);
    });

    it('of another user goes on', async () => {
      const page = await listen();
      source.versions.set('u:somebody', active(1));
      await revoke('u:somebody');
      live.news.messages.next('still here');
      await eventually(() => page.heard.length === 1);
      expect(page.isClosed).toBe(false);
    });

    it('that the reader closes is forgotten', async () => {
      const end = new AbortController();
      const headers = { authorization: `Bearer ${token}` };
      await fetch(`${live.url}/news`, { headers, signal: end.signal });
      await eventually(() => live.connections.size === 1);
      end.abort();
      await eventually(() => live.connections.size === 0);
    });

    it('with a revoked token is 401', async () => {
      await revoke();
      expect(await listen()).toMatchObject({ status: 401 });
      expect(live.connections.size).toBe(0);
    });
  });

  describe('a socket', () => {
    const bearer = (): string => `Bearer ${token}`;

    it('is told what there is to tell, until the revoke; it is closed before the acknowledgement', async () => {
      const wire = await connect(bearer());
      live.news.messages.next('one');
      await eventually(() => expect(wire.heard).toEqual(['one']));
      const [socket] = live.sockets.open;
      const destroyed: (boolean | undefined)[] = [];
      const stop = bell.onAcknowledgement(() => destroyed.push(socket?.destroyed));
      await revoke();
      stop();
      expect(destroyed).toEqual([true, true]);
      live.news.messages.next('two');
      await eventually(() => wire.isClosed);
      expect(wire.heard).toEqual(['one']);
      expect(live.connections.size).toBe(0);
    });

    it('that the other side closes is forgotten', async () => {
      const wire = await connect(bearer());
      expect(live.connections.size).toBe(1);
      wire.socket.destroy();
      await eventually(() => live.connections.size === 0);
      await eventually(() => !live.news.messages.observed);
    });

    it.each<[string, () => string | undefined, number]>([
      ['no token', () => undefined, 401],
      ['a token that is none', () => 'Bearer nonsense', 401],
      ['a token of somebody who does not exist', () => `Bearer ${workshop.token()}`, 401],
    ])('is refused with %s', async (_name, authorization, status) => {
      expect(await connect(authorization())).toMatchObject({ status });
      expect(live.connections.size).toBe(0);
    });

    it('is refused with a revoked token, and with 503 when nobody knows', async () => {
      await revoke();
      expect((await connect(bearer())).status).toBe(401);
      signIn();
      source.isDown = true;
      expect((await connect(bearer())).status).toBe(503);
      source.isDown = false;
      expect((await connect(bearer())).status).toBe(101);
    });
  });

  describe('a handler that must not act late', () => {
    /** A transfer of which the handler is in the middle. */
    async function transfer(): Promise<{ finish: () => ReturnType<ApiClient['post']> }> {
      const gate = live.gates.close();
      const answer = api.post('/transfers', {}, token);
      await gate.entered;
      return {
        finish: () => {
          gate.open();
          return answer;
        },
      };
    }

    it('acts when nothing happened meanwhile', async () => {
      const before = live.news.transfers;
      const running = await transfer();
      expect((await running.finish()).status).toBe(201);
      expect(live.news.transfers).toBe(before + 1);
    });

    it('does not act after a revoke that came while it ran, and answers 401', async () => {
      const before = live.news.transfers;
      const running = await transfer();
      await revoke();
      const answer = await running.finish();
      expect(answer).toMatchObject({ status: 401, body: { code: 'token_revoked' }, token: null });
      expect(live.news.transfers).toBe(before);
    });

    it('says which it was, when the session was ended', async () => {
      const running = await transfer();
      await revoke(`s:session-${users}`);
      expect((await running.finish()).body.code).toBe('session_revoked');
    });

    it('does not act after the token has expired', async () => {
      const before = live.news.transfers;
      const running = await transfer();
      clock.advance(601_000);
      const answer = await running.finish();
      clock.advance(-601_000);
      expect(answer).toMatchObject({ status: 401, body: { code: 'token_expired' } });
      expect(live.news.transfers).toBe(before);
    });

    it('does not act when it cannot be known any more, and answers 503', async () => {
      const before = live.news.transfers;
      const running = await transfer();
      source.isDown = true;
      log.append([{ subject: user, version: 4 }]).catch(() => undefined);
      await eventually(() => log.nodes.get('live')?.acked === log.seq);
      const answer = await running.finish();
      source.isDown = false;
      expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
      expect(live.news.transfers).toBe(before);
    });
  });
});

describe.each(platforms)('a service on %s that stops', (platform) => {
  it('ends its streams and sockets, and does not wait for their readers', async () => {
    await start(platform);
    signIn();
    const page = await listen();
    const wire = await connect(`Bearer ${token}`);
    expect(live.connections.size).toBe(2);
    const began = performance.now();
    await live.app.close();
    expect(performance.now() - began).toBeLessThan(2_000);
    await eventually(() => page.isClosed && wire.isClosed);
    expect(page.heard).toEqual([{ event: 'ended', data: '{"code":"unknown"}' }]);
    expect(log.nodes.size).toBe(0);
  });

  it('ends what comes while it leaves, too: readers connect again at once', async () => {
    await start(platform);
    signIn();
    let heard: string | null = null;
    log.before = async (step) => {
      if (step !== 'leave') return;
      const headers = { authorization: `Bearer ${token}` };
      const signal = AbortSignal.timeout(5_000);
      void fetch(`${live.url}/news`, { headers, signal })
        .then((response) => response.text())
        .then(
          (text) => (heard = text),
          () => (heard = 'went on'),
        );
      await eventually(() => live.news.messages.observed || heard !== null);
    };
    await live.app.close();
    await eventually(() => expect(heard).toContain('event: ended'));
  });
});
