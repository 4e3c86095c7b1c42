import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../../src/config/environment.js';
import { parseEnvironment } from '../../src/config/parse-environment.js';
import { createApp } from '../../src/create-app.js';
import { createLogger } from '../../src/http/request-log.js';
import { FirstAdministrator } from '../../src/start/first-administrator.js';
import { ApiClient } from './api-client.js';
import { FakeClock } from './fake-clock.js';

export const adminEmail = 'admin@localhost';
export const adminPassword = 'correct horse battery staple';
export const issuer = 'http://issuer.test';

export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly api: ApiClient;
  readonly clock: FakeClock;
  readonly environment: Environment;
  /** What the server logged, one line each. */
  readonly log: readonly string[];
  close(): Promise<void>;
}

export interface TestAppOptions {
  /** Over the defaults of a test: an own folder, a free port, no throttle. */
  readonly env?: Readonly<Record<string, string>>;
  readonly clock?: FakeClock;
}

/** The whole server on a free port with a folder and a clock of its own. */
export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const ownFolder = await mkdtemp(join(tmpdir(), 'portcullis-'));
  const environment = parseEnvironment({
    PORT: '0',
    ISSUER_URL: issuer,
    DATA_DIR: ownFolder,
    ADMIN_EMAIL: adminEmail,
    ADMIN_PASSWORD: adminPassword,
    THROTTLE: 'off',
    LOG_LEVEL: 'debug',
    ...options.env,
  });
  const clock = options.clock ?? new FakeClock();
  const log: string[] = [];
  const logger = createLogger(environment.logLevel, { write: (line) => void log.push(line) });
  const app = await createApp({ environment, clock, logger });
  await app.init();
  await app.get(FirstAdministrator).ensure();
  await app.listen(environment.port, environment.host);
  const url = await app.getUrl();
  const close = async (): Promise<void> => {
    await app.close();
    await rm(ownFolder, { recursive: true, force: true });
  };
  return { app, url, api: new ApiClient(url), clock, environment, log, close };
}
