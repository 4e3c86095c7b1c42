// A service's part in the protocol, put together: what hangs must not keep it from polling.
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { tokenNaming } from '../../../../test/support/auth/fake-versions.js';
import { IssuerServer, json } from '../../../../test/support/auth/issuer-server.js';
import { eventually } from '../../../../test/support/eventually.js';
import { SystemClock } from '../clock.js';
import type { SharedAuthPorts } from '../shared-auth.options.js';
import { remotePorts } from './remote-ports.js';

let server: IssuerServer;
let ports: SharedAuthPorts;

const polls = (): number => server.asked.filter(({ path }) => path.endsWith('/poll')).length;
const reads = (): number => server.asked.filter(({ path }) => path.endsWith('versions')).length;

beforeEach(async () => {
  Logger.overrideLogger(false);
  const lease = json({ log: 'log', seq: 0, events: [], gap: true, leaseMs: 1_000 });
  server = await IssuerServer.start((response, asked) => {
    if (asked.path.endsWith('/poll')) lease(response, asked);
    else if (asked.path.endsWith('/events')) response.writeHead(200).flushHeaders();
    // Versions are never answered.
  });
  const client = { id: 'orders', secret: 'secret' };
  const options = { issuer: server.url, client, requestTimeoutMs: 30_000 };
  ports = remotePorts(options, new SystemClock());
  await ports.lifecycle?.start();
});
afterEach(async () => {
  await ports.lifecycle?.stop();
  await server.close();
});

it('a service goes on polling while every read it may have under way hangs', async () => {
  const checks: Promise<unknown>[] = [];
  for (let i = 0; i < 300; i++) {
    checks.push(Promise.resolve(ports.versions.check(tokenNaming({ [`u:${i}`]: 1 }))));
    await new Promise((resolve) => setImmediate(resolve));
  }
  const before = polls();
  await eventually(() => polls() >= before + 3);
  expect(reads()).toBe(4);
  await server.close();
  const outcomes = await Promise.allSettled(checks);
  expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
});

it('a service that stops says so', async () => {
  await ports.lifecycle?.stop();
  expect(JSON.parse(server.asked.at(-1)?.body ?? '')).toMatchObject({ leaving: true });
});
