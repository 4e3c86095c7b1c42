/** Files of the server and of its tests, which are compiled apart from the benchmark. */
import type { AccessTokenIssuer, Clock, MintedToken, CheckedToken } from '@portcullis/auth';
import type { KeyObject } from 'node:crypto';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));
export const serverScript = `${root}dist/main.js`;

const load = async <T>(path: string): Promise<T> =>
  (await import(new URL(`../../../${path}`, import.meta.url).href)) as T;

export type Minter = AccessTokenIssuer & {
  extend(checked: CheckedToken): MintedToken;
};

/** The server's own issuer, which signs; and what it takes. */
export const loadMinter = (): Promise<{
  AccessTokenMinter: new (
    keys: { current: { kid: string; privateKey: KeyObject }; canSign: boolean },
    policies: { find(client: string): { policy: SessionPolicy } },
    activity: object,
    environment: { issuerUrl: string; defaultPolicy: SessionPolicy },
    ids: { next(): string },
    clock: Clock,
  ) => Minter;
}> => load('dist/tokens/issuer/access-token.minter.js');

export const loadActivity = (): Promise<{
  SessionActivity: new (store: { touch(batch: unknown): Promise<void> }, clock: Clock) => object;
}> => load('dist/tokens/sessions/session-activity.js');

export const loadIds = (): Promise<{ RandomIds: new () => { next(): string } }> =>
  load('dist/storage/ids.js');

export interface SessionPolicy {
  readonly accessTokenTtl: number;
  readonly refreshAfter: number;
  readonly sessionTtl: number;
  readonly warnBefore: number;
}

interface Service {
  readonly uri: string;
  readonly how: string;
  stop(): Promise<void>;
}

interface Missing {
  readonly missing: readonly string[];
}

export const loadServices = (): Promise<{
  startMongo(): Promise<Service | Missing>;
  startRedis(options?: { own: boolean }): Promise<Service | Missing>;
  explain(missing: Missing): string;
}> => load('test/support/services/find-services.mjs');

export interface ServerGroup {
  readonly folder: string;
  start(server: {
    command: string;
    args: readonly string[];
    env: NodeJS.ProcessEnv;
    ready: RegExp;
    signal?: NodeJS.Signals;
    timeoutSeconds?: number;
  }): Promise<(() => Promise<void>) & { readonly pid: number }>;
  close(): Promise<void>;
}

export const loadProcesses = (): Promise<{
  openServerGroup(): Promise<ServerGroup>;
  freePort(): Promise<number>;
}> => load('test/support/services/start/processes.mjs');

export interface HttpClient {
  send(
    method: string,
    path: string,
    options?: { token?: string; body?: object; timeoutMs?: number },
  ): Promise<{ status: number; body: never; failure?: string }>;
  close(): void;
}

export const loadHttpClient = (): Promise<{ HttpClient: new (port: number) => HttpClient }> =>
  load('test/support/cluster/http-client.mjs');
