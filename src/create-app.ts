import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Clock } from '@portcullis/auth';
import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import { ApplicationPolicies } from './applications/application-policies.js';
import type { Environment } from './config/environment.js';
import { serveDashboard } from './dashboard/serve-dashboard.js';
import { serveDocs } from './docs/open-api.js';
import { configureHttp } from './http/configure-http.js';
import { createHttpAdapter } from './http/create-adapter.js';
import { createLogger, PinoLogger } from './http/request-log.js';
import { setContentSecurityPolicy } from './http/security-headers.js';
import { startStyle } from './start/start.page.js';

export interface AppOptions {
  readonly environment: Environment;
  /** Tests set it; the system's clock otherwise. */
  readonly clock?: Clock;
  readonly logger?: Logger;
}

/** The server as it runs and as tests run it: everything but listening. */
export async function createApp(options: AppOptions): Promise<NestFastifyApplication> {
  const { environment, clock, logger = createLogger(environment.logLevel) } = options;
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(environment, clock),
    createHttpAdapter({ environment, logger }),
    { bodyParser: false, logger: new PinoLogger(logger), abortOnError: false },
  );
  const policies = app.get(ApplicationPolicies);
  await configureHttp(app, {
    allowsOrigin: (origin) => policies.allowsOrigin(origin),
    logger,
    pages: serveDashboard,
  });
  const styleHash = createHash('sha256').update(startStyle).digest('base64');
  setContentSecurityPolicy(app.getHttpAdapter().getInstance(), '/', {
    'style-src': [`'sha256-${styleHash}'`],
  });
  serveDocs(app, environment);
  app.enableShutdownHooks();
  return app;
}
