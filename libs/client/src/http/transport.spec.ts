// What goes out, what comes back, and what of it ends a session.
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { base } from '../testing/fake-server.js';
import { codeless, cutOff, problemDocument, refused } from '../testing/refusals.js';
import { World, type TestTab } from '../testing/world.js';

let world: World;
beforeEach(() => {
  world = new World(jest);
});
afterEach(() => world.close());

const orders = `${base}/orders`;

/** Lets what is under way come to its end. */
async function done<T>(promise: Promise<T>, ms = 200): Promise<T> {
  await world.time.pass(ms);
  return promise;
}

const tokenOf = (tab: TestTab): string => tab.client.authorize(base)['Authorization']!.slice(7);

describe('a request', () => {
  it('C-01 carries the token to the server and to the origins named, and to nobody else', async () => {
    const api = 'https://api.example';
    const { client } = await world.signedIn({ apiOrigins: [`${api}/v1`] });
    const seen: (string | null)[] = [];
    world.server.before = async (request) => {
      seen.push(request.headers.get('authorization'));
      return new Response('{}');
    };
    const others = [
      'https://evil.example',
      'https://login.example.evil.example',
      'http://login.example',
      'https://login.example:8443',
      'https://orders.example',
    ];
    for (const url of [base, api, ...others]) await done(client.fetch(`${url}/x`));
    expect(seen.map((one) => one !== null)).toEqual([true, true, ...others.map(() => false)]);
    for (const url of others) expect(client.authorize(url)).toEqual({});
  });

  it('C-01 nor to where a base element leads: a path means what it means to the browser', async () => {
    const { client, page } = await world.signedIn({ apiOrigins: ['https://orders.example'] });
    expect(client.authorize('/x')).toHaveProperty('Authorization');
    page.document.baseURI = 'https://evil.example/';
    expect(client.authorize('/x')).toEqual({});
    expect(client.authorize('https://orders.example/x')).toHaveProperty('Authorization');
  });

  it.each(['/id', '/id/'])('goes to a server under a path: %s', async (path) => {
    const { client } = await world.open({ baseUrl: `${base}${path}`, push: 'off' });
    const signedIn = client.signIn({ email: 'mia@example.com', password: 'a passphrase' });
    await signedIn.catch(() => undefined);
    expect(world.server.requests.at(-1)?.line).toBe('POST /id/auth/login');
  });

  it('C-01 nobody else can bring a token either', async () => {
    const tab = await world.signedIn({ apiOrigins: [] });
    const before = tokenOf(tab);
    const newer = world.server.logIn('eve@example.com');
    const header = { headers: { authorization: `Bearer ${newer}` } };
    world.server.before = async () => new Response('{}', header);
    await done(tab.client.fetch('https://evil.example/x'));
    // Nor the server's own answer, when it is another session's.
    await done(tab.client.fetch(orders));
    expect(tokenOf(tab)).toBe(before);
  });

  it('C-01 nor whoever the request was redirected to', async () => {
    const tab = await world.signedIn();
    const session = world.server.sessions.get(tab.client.session!.id)!;
    const sent = tab.client.authorize(base);
    world.time.sleep(5_000);
    const newer = world.server.mint(session);
    const header = (name: string): string | null =>
      name === 'Authorization' ? `Bearer ${newer}` : null;
    const foreign = { url: 'https://evil.example/x', status: 200, header };
    expect(await tab.client.observe(foreign, sent)).toBe('ok');
    expect(tokenOf(tab)).not.toBe(newer);
    expect(await tab.client.observe({ ...foreign, url: orders }, sent)).toBe('ok');
    expect(tokenOf(tab)).toBe(newer);
  });

  it('C-03 a 401 for an Authorization of the caller’s own is not about the session', async () => {
    const { client, of } = await world.signedIn({ push: 'off' });
    world.server.before = async () => refused('session_revoked');
    await done(client.fetch(orders, { headers: { authorization: 'Bearer other' } }));
    expect([client.state, of('ended')]).toEqual(['active', []]);
  });

  it('C-03 keeps method, headers, body and signal, of a string, a URL or a Request', async () => {
    const { client } = await world.signedIn();
    const seen: unknown[] = [];
    world.server.before = async (request) => {
      const { method, url, headers } = request;
      seen.push([method, url, headers.get('x-own'), await request.text()]);
      return new Response('{}');
    };
    const init = { method: 'PUT', headers: { 'x-own': '1' }, body: 'a body' };
    await done(client.fetch(orders, init));
    await done(client.fetch(new URL(orders), init));
    await done(client.fetch(new Request(orders, init)));
    await done(client.fetch(new Request(orders, { ...init, method: 'POST' }), { method: 'PATCH' }));
    const expected = (method: string): unknown => [method, orders, '1', 'a body'];
    expect(seen).toEqual(['PUT', 'PUT', 'PUT', 'PATCH'].map(expected));
    const aborted = AbortSignal.abort();
    world.server.before = async (request) => {
      request.signal.throwIfAborted();
      return undefined;
    };
    await expect(client.fetch(orders, { signal: aborted })).rejects.toThrow('aborted');
  });

  it('C-03 sends a stream, and leaves an Authorization of the caller’s own alone', async () => {
    const { client } = await world.signedIn();
    const seen: (string | null)[] = [];
    world.server.before = async (request) => {
      seen.push(request.headers.get('authorization'), await request.text());
      return new Response('{}');
    };
    const body = new Blob(['in pieces']).stream();
    await done(client.fetch(orders, { method: 'POST', body, duplex: 'half' } as RequestInit));
    await done(client.fetch(orders, { headers: { authorization: 'Basic abc' } }));
    expect(seen).toEqual([expect.stringMatching(/^Bearer /), 'in pieces', 'Basic abc', '']);
  });

  it('C-20 is passive when nobody has touched the page for a minute, and may say otherwise', async () => {
    const { client, page } = await world.signedIn();
    await done(client.fetch(orders));
    await world.time.pass(60_001);
    await done(client.fetch(orders));
    await done(client.fetch(orders, { activity: 'user' }));
    page.dispatchEvent(new Event('keydown'));
    await done(client.fetch(orders));
    await done(client.fetch(orders, { activity: 'passive' }));
    const own = world.server.requests.filter(({ line }) => line === 'GET /orders');
    expect(own.map(({ activity }) => activity)).toEqual([null, 'passive', null, null, 'passive']);
  });
});

describe('the newest token', () => {
  it('C-04 is kept, in whatever order 200 answers come', async () => {
    const tab = await world.signedIn();
    const session = world.server.sessions.get(tab.client.session!.id)!;
    const answers = Array.from({ length: 200 }, (_, at) => {
      // Later by time, and now and then by a change of password.
      if (at % 50 === 49) session.ver++;
      const token = world.server.mint(session);
      world.time.sleep(1_000);
      return token;
    });
    const newest = answers.at(-1);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(answers, { minLength: 200 }),
        fc.array(fc.nat(500), { minLength: 200, maxLength: 200 }),
        async (order, delays) => {
          const { client } = (tabNow = await fresh());
          world.server.before = async (request) => {
            const at = Number(new URL(request.url).searchParams.get('at'));
            await new Promise((resolve) => setTimeout(resolve, delays[at]));
            return new Response('{}', { headers: { authorization: `Bearer ${order[at]!}` } });
          };
          const all = Promise.all(order.map((_, at) => client.fetch(`${orders}?at=${String(at)}`)));
          await world.time.pass(501);
          await all;
          return tokenOf(tabNow) === newest;
        },
      ),
      { numRuns: 20, seed: 4 },
    );
  });

  let tabNow: TestTab;
  /** A tab with the first token of the same session. */
  async function fresh(): Promise<TestTab> {
    world.server.before = async () => undefined;
    const tab = world.tab({
      appId: String(Math.trunc(performance.now())) + String(world.browser.posted.length),
      storage: 'memory',
      push: 'off',
    });
    await world.time.pass(60);
    const session = [...world.server.sessions.values()][0]!;
    tab.client.adopt(firstOf(session.id));
    return tab;
  }
  const firstOf = (sid: string): string =>
    world.server.requests
      .map(({ token }) => token)
      .find((token) => token && world.server.claims(token).sid === sid) ??
    world.server.sessions.get(sid)!.newest;
});

describe('a late answer', () => {
  it('C-05 after a sign-out brings nobody back', async () => {
    const { client } = await world.signedIn();
    const session = world.server.sessions.get(client.session!.id)!;
    world.server.before = async (request) => {
      if (!request.url.endsWith('/orders')) return undefined;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      world.time.sleep(1_000);
      return new Response('{}', {
        headers: { authorization: `Bearer ${world.server.mint(session)}` },
      });
    };
    const late = client.fetch(orders);
    await done(client.signOut());
    await done(late, 2_000);
    expect([client.state, client.session]).toEqual(['signed-out', null]);
  });

  it('C-05 after another user’s sign-in changes nothing', async () => {
    const { client, signIn } = await world.signedIn();
    const first = world.server.sessions.get(client.session!.id)!;
    world.server.before = async (request) => {
      if (!request.url.endsWith('/orders')) return undefined;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      world.time.sleep(60_000);
      return new Response('{}', {
        headers: { authorization: `Bearer ${world.server.mint(first)}` },
      });
    };
    const late = client.fetch(orders);
    await signIn('noah@example.com');
    await done(late, 2_000);
    expect(client.session?.user.id).toBe('noah@example.com');
  });

  it('C-05 of a sign-in that was given up signs nobody in, and ends what it opened', async () => {
    const { client } = await world.open();
    world.server.before = async (request) => {
      if (request.url.endsWith('/login'))
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      return undefined;
    };
    const slow = client.signIn({ email: 'mia@example.com', password: 'p' });
    const outcome = expect(slow).rejects.toMatchObject({ name: 'AbortError' });
    await done(client.signOut());
    await world.time.pass(1_000);
    await outcome;
    expect(client.state).toBe('signed-out');
    expect([...world.server.sessions.values()][0]?.isRevoked).toBe(true);
  });
});

describe('a 401', () => {
  /** A change of password: the newer token is in hand while the older one's request is under way. */
  async function overtaken(
    init?: RequestInit,
    isFinal = false,
  ): Promise<{ status: number; bodies: string[]; tab: TestTab }> {
    const tab = await world.signedIn({ push: 'off' });
    const session = world.server.sessions.get(tab.client.session!.id)!;
    const bodies: string[] = [];
    let isFirst = true;
    world.server.before = async (request) => {
      if (!request.url.endsWith('/orders')) return undefined;
      bodies.push(await request.text());
      if (isFirst) {
        isFirst = false;
        session.ver++;
        tab.client.adopt(world.server.mint(session));
        return refused('token_revoked');
      }
      return isFinal ? problemDocument(401, 'too_late') : undefined;
    };
    const { status } = await done(tab.client.fetch(orders, init));
    return { status, bodies, tab };
  }

  it('C-06 for an older token is tried once more with the newest, body and all', async () => {
    const { status, bodies, tab } = await overtaken({ method: 'POST', body: 'a body' });
    expect([status, bodies]).toEqual([200, ['a body', 'a body']]);
    expect(tab.of('ended')).toEqual([]);
  });

  it('C-06 never twice', async () => {
    const { status, bodies } = await overtaken({}, true);
    expect([status, bodies.length]).toEqual([401, 2]);
  });

  it('C-06 never twice, also when the second try is overtaken as well', async () => {
    const tab = await world.signedIn({ push: 'off' });
    const session = world.server.sessions.get(tab.client.session!.id)!;
    let tries = 0;
    world.server.before = async (request) => {
      if (!request.url.endsWith('/orders')) return undefined;
      tries++;
      session.ver++;
      tab.client.adopt(world.server.mint(session));
      return refused('token_revoked');
    };
    expect((await done(tab.client.fetch(orders))).status).toBe(401);
    expect([tries, tab.of('ended')]).toEqual([2, []]);
  });

  it('C-06 not at all when the body was a stream', async () => {
    const body = new Blob(['in pieces']).stream();
    const { status, bodies, tab } = await overtaken({
      method: 'POST',
      body,
      duplex: 'half',
    } as RequestInit);
    expect([status, bodies]).toEqual([401, ['in pieces']]);
    expect(tab.of('ended')).toEqual([]);
  });

  it.each([
    [
      'of the application’s own',
      () =>
        new Response('{"code":"token_expired"}', {
          status: 401,
          headers: { 'content-type': 'application/json' },
        }),
    ],
    ['with a code of its own', () => problemDocument(401, 'basket_expired')],
    ['about a password', () => problemDocument(401, 'invalid_credentials', 'Bearer')],
    ['that is a 403', () => problemDocument(403, 'forbidden', 'Bearer error="insufficient_scope"')],
    [
      'that is a 403 with a code of ours',
      () => problemDocument(403, 'token_revoked', 'Bearer error="invalid_token"'),
    ],
    ['that is a 404', () => problemDocument(404, 'not_found')],
    ['that is a 429', () => problemDocument(429, 'rate_limited')],
    ['that is a 500', () => problemDocument(500, 'internal_error')],
    ['that is a 503', () => problemDocument(503, 'unavailable')],
  ])('C-07 %s leaves the session', async (_name, answer) => {
    const { client, heard } = await world.signedIn();
    heard.length = 0;
    world.server.before = async (request) =>
      request.url.endsWith('/orders') ? answer() : undefined;
    expect((await done(client.fetch(orders))).status).toBe(answer().status);
    expect([client.state, heard]).toEqual(['active', []]);
  });

  it.each([new TypeError('Failed to fetch'), new DOMException('aborted', 'AbortError')])(
    'C-07 that never came (%s) leaves the session, and is the caller’s',
    async (error) => {
      const { client, of } = await world.signedIn();
      world.server.before = () => Promise.reject(error);
      await expect(client.fetch(orders)).rejects.toBe(error);
      expect([client.state, of('ended')]).toEqual(['active', []]);
    },
  );

  it.each([
    ['token_expired', 'idle'],
    ['token_revoked', 'revoked'],
    ['session_revoked', 'revoked'],
    ['token_invalid', 'invalid'],
  ])('with %s ends it: %s', async (code, reason) => {
    const { client, of } = await world.signedIn({ push: 'off' });
    world.server.before = async () => refused(code);
    await done(client.fetch(orders));
    expect(client.state).toBe('signed-out');
    expect(of('ended')).toMatchObject([{ reason, origin: 'server' }]);
  });

  it('C-37 can still be read by whoever asked', async () => {
    const { client } = await world.signedIn({ push: 'off' });
    world.server.before = async () => refused('session_revoked');
    const response = await done(client.fetch(orders));
    expect(await response.json()).toEqual({ code: 'session_revoked', status: 401 });
  });

  it('that calls the token invalid is not believed of a service, only of the server', async () => {
    const api = 'https://api.example';
    const { client, of } = await world.signedIn({ apiOrigins: [api], push: 'off' });
    world.server.before = async (request) =>
      request.url.startsWith(api) ? refused('token_invalid') : undefined;
    await done(client.fetch(`${api}/orders`));
    expect([client.state, of('ended')]).toEqual(['active', []]);
    // What a proxy made of the service's answer: the server is asked what it means.
    world.server.revoke(client.session!.id);
    world.server.before = async (request) => (request.url.startsWith(api) ? codeless() : undefined);
    await done(client.fetch(`${api}/orders`));
    expect(of('ended')).toMatchObject([{ reason: 'revoked' }]);
  });

  it('that lost its code on the way is asked about, on the server’s own origin too', async () => {
    const { client, of } = await world.signedIn({ push: 'off' });
    world.server.before = async (request) =>
      request.url.endsWith('/orders') ? codeless() : undefined;
    expect((await done(client.fetch(orders))).status).toBe(401);
    expect([client.state, of('ended')]).toEqual(['active', []]);
    world.server.revoke(client.session!.id);
    await done(client.fetch(orders));
    expect(of('ended')).toMatchObject([{ reason: 'revoked' }]);
  });

  it('that lost its code and answers the question itself is the verdict', async () => {
    const { client, of } = await world.signedIn({ push: 'off' });
    world.server.before = async () => codeless();
    await done(client.fetch(orders), 200);
    expect(of('ended')).toMatchObject([{ reason: 'invalid', origin: 'server' }]);
  });

  it('that is cut off before its code has come ends nothing: the server is asked again', async () => {
    const { client, of } = await world.signedIn({ push: 'off' });
    world.server.revoke(client.session!.id);
    world.server.before = async () => cutOff();
    expect(await done(client.check().catch(() => client.state))).toBe('active');
    // Somebody else's request is looked into all the same.
    world.server.before = async (request) =>
      request.url.endsWith('/orders') ? cutOff() : undefined;
    expect((await done(client.fetch(orders))).status).toBe(401);
    expect(of('ended')).toMatchObject([{ reason: 'revoked' }]);
  });

  it('of a stream that is cut meanwhile ends nothing either, and is not taken for another reason', async () => {
    const { client, of } = await world.signedIn();
    world.server.before = async ({ url }) => (url.endsWith('/events') ? cutOff() : undefined);
    world.server.endStreams();
    world.server.revoke(client.session!.id, false);
    await world.time.pass(5_000);
    expect(world.server.count('GET /auth/session/events')).toBeGreaterThan(1);
    expect(of('ended')).toEqual([]);
    await done(client.fetch(orders));
    expect(of('ended')).toMatchObject([{ reason: 'revoked' }]);
  });

  it('C-14 many at once and a push with them end it once', async () => {
    const { client, of } = await world.signedIn();
    world.server.revoke(client.session!.id);
    await done(Promise.all(Array.from({ length: 20 }, () => client.fetch(orders))), 1_000);
    expect(of('ended')).toHaveLength(1);
  });
});

describe('an answer whose header is not exposed', () => {
  it('C-32 is one problem, with the line to add', async () => {
    const api = 'https://api.example';
    const { client, of } = await world.signedIn({ apiOrigins: [api] });
    world.server.before = async () => new Response('{}');
    await done(client.fetch(`${api}/a`));
    await done(client.fetch(`${api}/b`));
    expect(of('problem')).toEqual([
      {
        code: 'header-not-exposed',
        detail: expect.stringContaining('Access-Control-Expose-Headers: Authorization'),
      },
    ]);
    expect(of('problem')[0]?.detail).toContain(api);
  });
});
