import type { SessionPolicy } from '../applications/application.js';

/** The settings of one server process. Made only by `parseEnvironment`, so every value is in range. */
export abstract class Environment {
  abstract readonly production: boolean;
  abstract readonly host: string;
  /** 0 asks the system for a free one (tests). */
  abstract readonly port: number;
  /** Without a trailing slash: `iss` is compared byte by byte. */
  abstract readonly issuerUrl: string;
  /** Null: the embedded store. */
  abstract readonly mongodbUri: string | null;
  abstract readonly redisUrl: string | null;
  abstract readonly dataDir: string;
  abstract readonly defaultPolicy: SessionPolicy;
  /** Whether any variable of the policy was set: then it also replaces the stored one at start. */
  abstract readonly isPolicySet: boolean;
  abstract readonly passwordMinLength: number;
  abstract readonly keysSecret: string | null;
  abstract readonly adminEmail: string;
  /** Null: one is made up at first start and printed once. */
  abstract readonly adminPassword: string | null;
  abstract readonly revocationLeaseSeconds: number;
  /** False: every check reads the database. */
  abstract readonly revocationCache: boolean;
  /** As Fastify's `trustProxy`: hops, or addresses and ranges of the proxies. */
  abstract readonly trustProxy: false | number | readonly string[];
  abstract readonly throttle: boolean;
  abstract readonly logLevel: LogLevel;
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];
