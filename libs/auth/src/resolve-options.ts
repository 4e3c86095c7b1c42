import { SystemClock } from './clock.js';
import { IntrospectionTokenVersions } from './remote/introspection-token-versions.js';
import { IssuerClient } from './remote/issuer-client.js';
import { RemoteAccessTokenIssuer } from './remote/remote-access-token.issuer.js';
import { RemoteVerificationKeys } from './remote/remote-verification-keys.js';
import type { ResolvedOptions, SharedAuthOptions } from './shared-auth.options.js';

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
  return { issuer, audience, maxVerifiedTokens, clock, ...ports };
}

function remotePorts(
  options: SharedAuthOptions,
  clock: SystemClock,
): NonNullable<SharedAuthOptions['ports']> {
  const client = new IssuerClient({
    issuer: options.issuer,
    clientId: options.client?.id ?? '',
    clientSecret: options.client?.secret ?? '',
    requestTimeoutMs: options.requestTimeoutMs ?? 2000,
  });
  return {
    keys: new RemoteVerificationKeys(client, clock),
    versions: new IntrospectionTokenVersions(client),
    accessTokenIssuer: new RemoteAccessTokenIssuer(
      client,
      clock,
      options.refreshAfterSeconds ?? 10,
    ),
  };
}

function findFaults(options: SharedAuthOptions): string[] {
  const faults: string[] = [];
  const { issuer, client, audience, ports } = options;
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
