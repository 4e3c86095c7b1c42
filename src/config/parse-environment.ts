import { isIP } from 'node:net';
import { EnvironmentReader } from './environment-reader.js';
import { logLevels, type Environment } from './environment.js';

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
  const read = new EnvironmentReader(env);
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
function checkTogether(environment: Environment, read: EnvironmentReader): void {
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
function readIssuer(read: EnvironmentReader, fallback: string): string {
  const given = read.url('ISSUER_URL', ['http:', 'https:']) ?? fallback;
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url && (url.search || url.hash || url.username || url.password)) {
    read.fault('ISSUER_URL', 'must have no query, fragment, user or password');
  }
  return given.replace(/\/+$/, '');
}

/** `off`, a number of hops, or a list of addresses and ranges. "all" is refused: any client could forge its address. */
function readTrustProxy(read: EnvironmentReader): false | number | readonly string[] {
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
