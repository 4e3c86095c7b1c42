import type { Environment } from '../config/environment.js';

export interface Started {
  readonly environment: Environment;
  /** Where it really listens. */
  readonly url: string;
  /** The first administrator's password, if one was made up at this start. */
  readonly password: string | null;
}

/** Tells whoever started the server where it is, what it uses and where to go next. */
export function printBanner(started: Started): void {
  process.stdout.write(`${bannerLines(started).join('\n')}\n`);
}

export function bannerLines({ environment, url, password }: Started): string[] {
  const { mongodbUri, redisUrl, dataDir, adminEmail } = environment;
  const storage =
    mongodbUri === null ? `embedded, in ${dataDir} (one node)` : 'MongoDB, shared with other nodes';
  const lines = [
    '',
    `  Portcullis listens on ${url}`,
    `  issuer   ${environment.issuerUrl}`,
    `  storage  ${storage}`,
    `  redis    ${redisUrl === null ? 'not used' : 'bell, second level, throttling'}`,
  ];
  if (password !== null) {
    lines.push(
      '',
      '  First administrator, shown this once:',
      `    e-mail    ${adminEmail}`,
      `    password  ${password}`,
    );
  }
  lines.push(
    '',
    `  Next: ${environment.issuerUrl}/admin/  (dashboard), ${environment.issuerUrl}/docs  (every call)`,
    '',
  );
  return lines;
}
