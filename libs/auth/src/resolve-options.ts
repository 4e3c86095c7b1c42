import { SystemClock } from './clock.js';
import { SystemNodeClock } from './revocation/node.clock.js';
import { OpenConnections } from './revocation/open-connections.js';
import { remotePorts } from './remote/remote-ports.js';
import type { ResolvedOptions, SharedAuthOptions } from './shared-auth.options.js';

/** How often open connections are checked where nothing tells of a revoke. */
const recheckMs = 5_000;

/** Every fault of the options at once, each with the option's name. */
export class AuthOptionsError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`AuthModule cannot start:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'AuthOptionsError';
  }
}

/** @throws AuthOptionsError naming every option that is missing or out of range. */
export function resolveOptions(options: SharedAuthOptions): ResolvedOptions {
  const faults = findFaults(options);
  if (faults.length > 0) throw new AuthOptionsError(faults);
  const clock = options.clock ?? new SystemClock();
  const audience = options.audience ?? options.client?.id ?? options.issuer;
  const { issuer, maxVerifiedTokens = 50_000 } = options;
  const ports = options.ports ?? remotePorts(options, clock);
  const connections =
    ports.connections ?? new OpenConnections(ports.versions, new SystemNodeClock(), recheckMs);
  return { issuer, audience, maxVerifiedTokens, clock, ...ports, connections };
}

function findFaults(options: SharedAuthOptions): string[] {
  const faults: string[] = [];
  const { issuer, client, audience, ports, redisUrl } = options;
  const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
  if (!isText(issuer) || !/^https?:\/\/[^\s?#@]+[^\s?#@/]$/.test(issuer)) {
    faults.push("issuer: must be the server's ISSUER_URL: http(s), no trailing slash, no query");
  }
  if (!ports && !(client && isText(client.id) && isText(client.secret))) {
    faults.push(
      'client: must be { id, secret } of this service as an application with resourceServer: true',
    );
  }
  if (audience !== undefined && !isText(audience))
    faults.push('audience: must be a non-empty string');
  if (redisUrl !== undefined && !/^rediss?:\/\//.test(redisUrl)) {
    faults.push('redisUrl: must have the form redis://[user:password@]host[:port][/database]');
  }
  const ranges = [
    ['refreshAfterSeconds', 0, 3600],
    ['requestTimeoutMs', 50, 30_000],
    ['maxVerifiedTokens', 1, 10_000_000],
  ] as const;
  for (const [name, min, max] of ranges) {
    const value = options[name];
    if (value === undefined) continue;
    if (!Number.isInteger(value) || value < min || value > max) {
      faults.push(`${name}: must be a whole number from ${String(min)} to ${String(max)}`);
    }
  }
  return faults;
}
