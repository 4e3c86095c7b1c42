/** What a variant says when it takes requests. */
export interface Started {
  readonly port: number;
  readonly path: string;
  /** One set for each user. */
  readonly headers: readonly Readonly<Record<string, string>>[];
}

/** What a run gives all its variants. */
export interface Given {
  readonly REDIS_URL?: string;
  readonly MONGODB_URI?: string;
  /** A database of this run's own. */
  readonly BENCH_DATABASE: string;
  /** A folder that is thrown away with the run. */
  readonly BENCH_FOLDER: string;
}

/** What the variants that need it find in their environment. */
export function serviceAt(name: keyof Given): string {
  const uri = process.env[name];
  if (uri === undefined) throw new Error(`${name} is not set`);
  return uri;
}
