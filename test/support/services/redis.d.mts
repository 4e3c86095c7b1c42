/** What tests written in TypeScript use of redis.mjs. */

/** A Redis of a test's own, to be taken down and brought back empty. */
export interface OwnRedis {
  readonly uri: string;
  readonly port: number;
  down(): Promise<void>;
  up(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export function startRedis(options: {
  own: true;
}): Promise<OwnRedis | { readonly missing: readonly string[] }>;
