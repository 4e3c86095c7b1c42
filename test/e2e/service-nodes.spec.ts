// A service of somebody else's that joins as a node, in whatever language: the three routes it needs.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createParser } from 'eventsource-parser';
import type { Answer } from '../support/api-client.js';
import {
  adminEmail,
  adminPassword,
  createTestApp,
  type TestApp,
} from '../support/create-test-app.js';
import { eventually } from '../support/eventually.js';
import { claimsOf } from '../support/jwt.js';

let server: TestApp;
let admin: string;
let credentials: Record<string, string>;
let nodes = 0;
let users = 0;

beforeAll(async () => {
  server = await createTestApp({ env: { REVOCATION_LEASE: '1' } });
  admin = await server.api.login(adminEmail, adminPassword);
  credentials = await createApplication('orders.service', true);
});
afterAll(() => server.close());

async function createApplication(id: string, resourceServer: boolean) {
  const body = { id, name: id, resourceServer };
  const answer = await server.api.post('/admin/applications', body, admin);
  const basic = Buffer.from(`${id}:${answer.body.secret as string}`).toString('base64');
  return { authorization: `Basic ${basic}` };
}

const newNode = (): string => `node-of-the-test-${String(++nodes)}`;

function ask(path: string, body: unknown, headers = credentials): Promise<Answer> {
  return server.api.call('POST', `/oauth/${path}`, { body, headers });
}

/** A poll by hand; the rest as a node has it that has just started. */
function poll(node: string, given: object = {}): Promise<Answer> {
  return ask('revocations/poll', { node, polls: 1, acked: 0, after: 0, ...given });
}

async function signedIn(): Promise<{ id: string; token: string }> {
  const email = `user${String(++users)}@example.com`;
  const id = await server.api.register(email);
  return { id, token: await server.api.login(email) };
}

const suspend = (id: string): Promise<Answer> =>
  server.api.post(`/admin/users/${id}/suspend`, { reason: 'fraud' }, admin);

/** Takes a node's place until it has left: polls on, and acknowledges what it has heard. */
async function join(node: string): Promise<{ log: string; seq: number; leave(): Promise<void> }> {
  const { body } = await poll(node);
  return {
    log: body.log as string,
    seq: body.seq as number,
    async leave() {
      expect((await poll(node, { leaving: true })).status).toBe(200);
    },
  };
}

describe('POST /oauth/revocations/poll', () => {
  it('begins with a gap: the log, its last number, what is kept, and for how long memory counts', async () => {
    await suspend((await signedIn()).id);
    const node = newNode();
    const { status, body, headers } = await poll(node);
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toMatchObject({ log: expect.any(String), gap: true, leaseMs: 1000 });
    expect(body.events.at(-1)).toEqual({
      number: body.seq,
      subject: expect.stringMatching(/^u:/),
      version: 2,
    });
    await poll(node, { leaving: true });
  });

  it('then answers what is new', async () => {
    const node = newNode();
    const { log, seq, leave } = await join(node);
    const mia = await signedIn();
    const suspending = suspend(mia.id);
    await eventually(async () => {
      const { body } = await poll(node, { log, polls: 2, acked: seq, after: seq });
      const event = { subject: `u:${mia.id}`, version: 2 };
      expect(body).toMatchObject({ log, gap: false, seq: seq + 2 });
      expect(body.events).toMatchObject([event, event]);
    });
    await leave();
    expect((await suspending).status).toBe(200);
  });

  it('is what a revoke waits for: it says after how long the service knew', async () => {
    const node = newNode();
    const { log, seq, leave } = await join(node);
    const suspending = suspend((await signedIn()).id);
    await eventually(async () => {
      expect((await poll(node, { log, polls: 2, acked: seq, after: seq })).body.seq).toBe(seq + 2);
    });
    const now = seq + 2;
    await poll(node, { log, polls: 3, acked: now, after: now });
    const { body } = await suspending;
    expect(body.revocation.nodes).toEqual(
      expect.arrayContaining([
        { id: expect.any(String), kind: 'server', acknowledgedAfterMs: expect.any(Number) },
        {
          id: `orders.service/${node}`,
          kind: 'service',
          acknowledgedAfterMs: expect.any(Number),
        },
      ]),
    );
    expect(body.revocation.durationMs).toBeLessThan(1000);
    await leave();
  });

  it('that stops is waited for until its lease is over, once', async () => {
    const node = newNode();
    await join(node);
    const silent = { id: `orders.service/${node}`, kind: 'service', leaseEnded: true };
    const first = (await suspend((await signedIn()).id)).body.revocation;
    expect(first.nodes).toContainEqual(silent);
    expect(first.durationMs).toBeGreaterThan(1000);
    await eventually(async () => {
      const second = (await suspend((await signedIn()).id)).body.revocation;
      expect(second.nodes.map(({ id }: { id: string }) => id)).not.toContain(silent.id);
    });
  });

  it('that leaves is not waited for', async () => {
    const node = newNode();
    const { leave } = await join(node);
    await leave();
    const { nodes: told } = (await suspend((await signedIn()).id)).body.revocation;
    expect(told).toHaveLength(1);
  });

  it('does not take the word of a node for what is not in the log yet', async () => {
    const node = newNode();
    const { log, seq, leave } = await join(node);
    const ahead = seq + 1000;
    const answer = await poll(node, { log, polls: 2, acked: ahead, after: ahead });
    if (answer.status === 200) expect(answer.body.gap).toBe(true);
    const { nodes: told } = (await suspend((await signedIn()).id)).body.revocation;
    expect(told).toContainEqual({
      id: `orders.service/${node}`,
      kind: 'service',
      leaseEnded: true,
    });
    await leave();
  });

  it('is for at most 64 nodes of an application', async () => {
    const crowded = await createApplication('crowded', true);
    const statuses: number[] = [];
    const joined = Array.from({ length: 65 }, newNode);
    for (const node of joined) {
      const body = { node, polls: 1, acked: 0, after: 0 };
      statuses.push((await ask('revocations/poll', body, crowded)).status);
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(64);
    expect(statuses.at(-1)).toBe(429);
    for (const node of joined.slice(0, 64)) {
      await ask('revocations/poll', { node, polls: 1, acked: 0, after: 0, leaving: true }, crowded);
    }
  });

  it.each([
    ['nothing', {}],
    ['a short id', { node: 'a', polls: 1, acked: 0, after: 0 }],
    ['an id with a slash', { node: 'orders/0123456789abcdef', polls: 1, acked: 0, after: 0 }],
    ['a number below zero', { node: 'x'.repeat(20), polls: 1, acked: -1, after: 0 }],
    ['half a number', { node: 'x'.repeat(20), polls: 0.5, acked: 0, after: 0 }],
    ['an unknown field', { node: 'x'.repeat(20), polls: 1, acked: 0, after: 0, lease: 60 }],
  ])('refuses %s', async (_name, body) => {
    const answer = await ask('revocations/poll', body);
    expect([answer.status, answer.body.code]).toEqual([400, 'validation_failed']);
  });
});

describe('POST /oauth/token-versions', () => {
  const read = async (...subjects: string[]): Promise<unknown> =>
    (await ask('token-versions', { subjects })).body.records;

  it('says of each subject its version and how it stands; who is left out does not exist', async () => {
    const { id, token } = await signedIn();
    const sid = claimsOf(token).sid as string;
    const kid = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())
      .kid as string;
    const named = [`u:${id}`, `s:${sid}`, 'c:default', 'i', `k:${kid}`];
    expect(await read(...named, 'u:nobody', 's:none', 'c:none', 'k:none')).toEqual(
      Object.fromEntries(named.map((subject) => [subject, { version: 1, status: 'active' }])),
    );
    await suspend(id);
    await eventually(async () => {
      expect(await read(`u:${id}`, `s:${sid}`)).toEqual({
        [`u:${id}`]: { version: 2, status: 'suspended' },
        [`s:${sid}`]: { version: 2, status: 'ended' },
      });
    });
  });

  it.each([
    ['no list', {}],
    ['an empty list', { subjects: [] }],
    ['what is no subject', { subjects: ['mia'] }],
    ['another kind', { subjects: ['x:mia'] }],
    ['one twice', { subjects: ['i', 'i'] }],
    ['too many', { subjects: Array.from({ length: 101 }, (_, i) => `u:${String(i)}`) }],
    ['objects', { subjects: [{ $ne: null }] }],
  ])('refuses %s', async (_name, body) => {
    const answer = await ask('token-versions', body);
    expect([answer.status, answer.body.code]).toEqual([400, 'validation_failed']);
  });
});

describe('GET /oauth/revocations/events', () => {
  it('rings with what is announced', async () => {
    const stopping = new AbortController();
    const response = await fetch(`${server.url}/oauth/revocations/events`, {
      headers: { ...credentials, accept: 'text/event-stream' },
      signal: stopping.signal,
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const rings: { seq: number; events: { subject: string; version: number }[] }[] = [];
    const parser = createParser({
      onEvent: ({ event, data }) => {
        expect(event).toBe('ring');
        rings.push(JSON.parse(data));
      },
    });
    const reading = (async () => {
      const text = new TextDecoder();
      for await (const piece of response.body!) parser.feed(text.decode(piece));
    })().catch(() => undefined);
    const { id } = await signedIn();
    await suspend(id);
    await eventually(async () => {
      const events = rings.flatMap((ring) => ring.events);
      expect(events).toMatchObject([
        { subject: `u:${id}`, version: 2 },
        { subject: `u:${id}`, version: 2 },
      ]);
    });
    stopping.abort();
    await reading;
  });
});

describe.each([
  ['POST', '/oauth/revocations/poll', { node: 'x'.repeat(20), polls: 1, acked: 0, after: 0 }],
  ['GET', '/oauth/revocations/events', undefined],
  ['POST', '/oauth/token-versions', { subjects: ['i'] }],
])('%s %s', (method, path, body) => {
  const call = (headers: Record<string, string>): Promise<Answer> =>
    server.api.call(method, path, { body, headers });

  it('is for applications that authenticate', async () => {
    const answer = await call({});
    expect([answer.status, answer.body.code]).toEqual([401, 'invalid_credentials']);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic/);
  });

  it('is for resource servers only', async () => {
    const answer = await call(await createApplication(`web-${String(++nodes)}`, false));
    expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
  });
});
