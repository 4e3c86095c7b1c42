// "Without a lookup per request" is counted: what a warm guarded request writes to any socket but its own.
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { Socket } from 'node:net';
import { createTestApp, type TestApp } from '../support/create-test-app.js';
import { randomMongoUri } from '../support/random-mongo-uri.js';
import { describeWithMongo } from '../support/services/describe-with.js';

type Writing = (this: Socket, ...rest: unknown[]) => unknown;
/** Where every write of a socket ends, whatever it was called as. */
const names = ['_write', '_writev'] as const;

/** Writes to any socket that is not between this test and the server. */
class SocketWrites {
  count = 0;
  private readonly own: Partial<Record<(typeof names)[number], Writing>> = {};

  constructor(serverPort: number) {
    const prototype = Socket.prototype as unknown as Record<string, Writing>;
    for (const name of names) {
      const original = prototype[name];
      if (original === undefined) throw new Error(`sockets have no ${name} any more`);
      this.own[name] = original;
      const note = (socket: Socket): void => {
        if (![socket.localPort, socket.remotePort].includes(serverPort)) this.count += 1;
      };
      prototype[name] = function (...rest) {
        note(this);
        return original.apply(this, rest);
      };
    }
  }

  stop(): void {
    Object.assign(Socket.prototype, this.own);
  }
}

describeWithMongo('a guarded request on a node with MongoDB and Redis', () => {
  let drop: () => Promise<void>;
  let server: TestApp;
  let writes: SocketWrites | undefined;
  let env: Record<string, string>;
  let users = 0;

  beforeAll(() => {
    const database = randomMongoUri();
    drop = database.drop;
    const redis = process.env['TEST_REDIS_URL'];
    env = {
      MONGODB_URI: database.uri,
      KEYS_SECRET: 'k'.repeat(32),
      ...(redis && { REDIS_URL: redis }),
    };
  });
  afterEach(async () => {
    writes?.stop();
    await server.close();
  });
  afterAll(() => drop());

  /** Of so many requests one after the other, how many went by without a write elsewhere. */
  async function quietOf(requests: number): Promise<number> {
    server = await createTestApp({ env });
    const email = `user${++users}@example.com`;
    await server.api.register(email);
    const token = await server.api.login(email);
    // Everything it names comes into memory.
    expect((await server.api.get('/auth/verify', token)).status).toBe(204);
    writes = new SocketWrites(Number(new URL(server.url).port));
    let quiet = 0;
    for (let i = 0; i < requests; i++) {
      const before = writes.count;
      const { status, headers } = await server.api.get('/auth/verify', token);
      expect([status, headers.has('authorization')]).toEqual([204, true]);
      if (writes.count === before) quiet += 1;
    }
    return quiet;
  }

  it('writes nothing, the slide included: only the poll, once a second, falls into some of them', async () => {
    expect(await quietOf(200)).toBeGreaterThan(190);
  });

  it('writes each time when memory is not used: the counter sees it', async () => {
    env = { ...env, REVOCATION_CACHE: 'off' };
    expect(await quietOf(20)).toBe(0);
  });
});
