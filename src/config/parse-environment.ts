import { isIP } from 'node:net';
import { Environment, logLevels } from './environment.js';

/** Every fault of the environment at once, one line each: `PORT: must be …`. */
export class EnvironmentError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'EnvironmentError';
  }
}

/**
 * Reads and checks the environment.
 * @throws EnvironmentError with one line for each fault; never prints a secret's value.
 */
export function parseEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const read = new Reader(env);
  const production = read.text('NODE_ENV', 'development') === 'production';
  const host = read.text('HOST', '127.0.0.1');
  const port = read.integer('PORT', 3000, 0, 65_535);
  const mongodbUri = read.url('MONGODB_URI', ['mongodb:', 'mongodb+srv:']);
  const accessTokenTtl = read.integer('ACCESS_TOKEN_TTL', 600, 10, 86_400);
  const environment: Environment = {
    production,
    host,
    port,
    issuerUrl: readIssuer(read, `http://localhost:${String(port)}`),
    mongodbUri,
    redisUrl: read.url('REDIS_URL', ['redis:', 'rediss:']),
    dataDir: read.text('DATA_DIR', './data'),
    defaultPolicy: {
      accessTokenTtl,
      refreshAfter: read.integer(
        'REFRESH_AFTER',
        Math.min(10, accessTokenTtl - 1),
        0,
        accessTokenTtl - 1,
      ),
      sessionTtl: read.integer(
        'SESSION_TTL',
        Math.max(28_800, accessTokenTtl),
        accessTokenTtl,
        2_592_000,
      ),
      warnBefore: read.integer(
        'WARN_BEFORE',
        Math.min(120, accessTokenTtl - 1),
        0,
        accessTokenTtl - 1,
      ),
    },
    isPolicySet: ['ACCESS_TOKEN_TTL', 'REFRESH_AFTER', 'SESSION_TTL', 'WARN_BEFORE'].some(
      (name) => read.optional(name) !== null,
    ),
    passwordMinLength: read.integer('PASSWORD_MIN_LENGTH', 12, 8, 128),
    keysSecret: read.secret('KEYS_SECRET', 32),
    adminEmail: read.matching(
      'ADMIN_EMAIL',
      'admin@localhost',
      /^[^\s@]+@[^\s@]+$/,
      'an e-mail address',
    ),
    adminPassword: read.optional('ADMIN_PASSWORD'),
    revocationLeaseSeconds: read.integer('REVOCATION_LEASE', 5, 1, 60),
    revocationCache: read.onOff('REVOCATION_CACHE', true),
    trustProxy: readTrustProxy(read),
    throttle: read.onOff('THROTTLE', true),
    logLevel: read.oneOf('LOG_LEVEL', 'info', logLevels),
  };
  checkTogether(environment, read);
  if (read.faults.length > 0) throw new EnvironmentError(read.faults);
  return environment;
}

/** Rules that need more than one variable. */
function checkTogether(environment: Environment, read: Reader): void {
  const { adminPassword, passwordMinLength, production } = environment;
  if (production && environment.mongodbUri !== null && environment.keysSecret === null) {
    read.fault(
      'KEYS_SECRET',
      'is required with NODE_ENV=production and MONGODB_URI: it encrypts the signing keys that the nodes share; make one with "openssl rand -base64 32"',
    );
  }
  if (production && !environment.throttle) {
    read.fault('THROTTLE', 'must be "on" with NODE_ENV=production: "off" is for load tests');
  }
  if (
    adminPassword !== null &&
    ([...adminPassword].length < passwordMinLength || [...adminPassword].length > 128)
  ) {
    read.fault('ADMIN_PASSWORD', `must have ${String(passwordMinLength)} to 128 characters`);
  }
}

/** RFC 8414 §2: no query, no fragment; and no credentials, which would end up in every token. */
function readIssuer(read: Reader, fallback: string): string {
  const given = read.url('ISSUER_URL', ['http:', 'https:']) ?? fallback;
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url && (url.search || url.hash || url.username || url.password)) {
    read.fault('ISSUER_URL', 'must have no query, fragment, user or password');
  }
  return given.replace(/\/+$/, '');
}

/** `off`, a number of hops, or a list of addresses and ranges. "all" is refused: any client could forge its address. */
function readTrustProxy(read: Reader): false | number | readonly string[] {
  const given = read.optional('TRUST_PROXY');
  if (given === null || given === 'off') return false;
  if (/^\d+$/.test(given)) return read.integer('TRUST_PROXY', 0, 1, 10);
  const entries = given.split(',').map((entry) => entry.trim());
  const names = ['loopback', 'linklocal', 'uniquelocal'];
  const isRange = (entry: string): boolean => {
    const [address = '', prefix, ...rest] = entry.split('/');
    const version = isIP(address);
    if (version === 0 || rest.length > 0) return false;
    return (
      prefix === undefined ||
      (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128))
    );
  };
  if (!entries.every((entry) => names.includes(entry) || isRange(entry))) {
    read.fault(
      'TRUST_PROXY',
      'must be "off", a number of proxies (1 to 10), or a comma-separated list of their addresses or ranges (10.0.0.0/8, loopback, linklocal, uniquelocal)',
    );
  }
  return entries;
}

/** Reads single variables and collects their faults. An empty variable counts as not set. */
class Reader {
  readonly faults: string[] = [];

  constructor(private readonly env: Readonly<Record<string, string | undefined>>) {}

  fault(name: string, message: string): void {
    this.faults.push(`${name}: ${message}`);
  }

  optional(name: string): string | null {
    const value = this.env[name];
    return value === undefined || value === '' ? null : value;
  }

  text(name: string, fallback: string): string {
    return this.optional(name) ?? fallback;
  }

  integer(name: string, fallback: number, min: number, max: number): number {
    const value = this.optional(name);
    if (value === null) return fallback;
    if (!/^\d{1,15}$/.test(value) || Number(value) < min || Number(value) > max) {
      this.fault(
        name,
        `must be a whole number from ${String(min)} to ${String(max)}, not "${value}"`,
      );
      return fallback;
    }
    return Number(value);
  }

  onOff(name: string, fallback: boolean): boolean {
    return this.oneOf(name, fallback ? 'on' : 'off', ['on', 'off'] as const) === 'on';
  }

  oneOf<T extends string>(name: string, fallback: T, allowed: readonly T[]): T {
    const value = this.optional(name) ?? fallback;
    const found = allowed.find((one) => one === value);
    if (found === undefined)
      this.fault(name, `must be one of ${allowed.join(', ')}, not "${value}"`);
    return found ?? fallback;
  }

  matching(name: string, fallback: string, pattern: RegExp, what: string): string {
    const value = this.text(name, fallback);
    if (!pattern.test(value) || value.length > 254)
      this.fault(name, `must be ${what}, not "${value}"`);
    return value;
  }

  /** URLs may hold passwords, so the fault does not repeat the value. */
  url(name: string, protocols: readonly string[]): string | null {
    const value = this.optional(name);
    if (value === null) return null;
    const scheme = /^([a-z][a-z0-9+.-]*:)\/\/[^/\s]/i.exec(value)?.[1]?.toLowerCase();
    // A MongoDB URI may list several hosts, which no URL parser takes; the driver checks the rest.
    if (scheme === undefined || !protocols.includes(scheme)) {
      this.fault(
        name,
        `must be a URL beginning with ${protocols.map((p) => `${p}//`).join(' or ')}`,
      );
    }
    return value;
  }

  secret(name: string, minLength: number): string | null {
    const value = this.optional(name);
    if (value !== null && value.length < minLength) {
      this.fault(
        name,
        `must have at least ${String(minLength)} characters; make one with "openssl rand -base64 32"`,
      );
    }
    return value;
  }
}
