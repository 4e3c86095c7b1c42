import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AddressInfo } from 'node:net';
import { parseEnvironment } from '../../../src/config/parse-environment.js';
import { configureHttp } from '../../../src/http/configure-http.js';
import { createHttpAdapter } from '../../../src/http/create-adapter.js';
import { createLogger, PinoLogger } from '../../../src/http/request-log.js';
import { setContentSecurityPolicy } from '../../../src/http/security-headers.js';
import type { HttpLimits } from '../../../src/http/socket/limits.js';
import { EdgeModule } from './edge.module.js';

export const knownOrigin = 'https://app.example';

export interface EdgeServer {
  readonly app: NestFastifyApplication;
  readonly port: number;
  /** Everything logged so far, one JSON object a line. */
  readonly log: () => string;
}

/** A listening server on the edge routes, whose log is kept. */
export async function startEdgeServer(
  variables: Record<string, string> = {},
  limits: Partial<HttpLimits> = {},
): Promise<EdgeServer> {
  const environment = parseEnvironment(variables);
  const lines: string[] = [];
  const logger = createLogger('info', { write: (line) => lines.push(line) });
  const app = await NestFactory.create<NestFastifyApplication>(
    EdgeModule,
    createHttpAdapter({ environment, logger, limits }),
    { bodyParser: false, logger: new PinoLogger(logger), abortOnError: false },
  );
  // A careless answer to "null" must not matter.
  const allowsOrigin = (origin: string): boolean => origin === knownOrigin || origin === 'null';
  await configureHttp(app, { allowsOrigin, logger });
  const instance = app.getHttpAdapter().getInstance();
  setContentSecurityPolicy(instance, '/export', { 'style-src': ["'self'"] });
  // A plugin's route, which is there before Nest sets its own error handler.
  await instance.register(async (plugin) => {
    plugin.get('/plugin', () => {
      throw new Error('hunter2');
    });
  });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { app, port, log: () => lines.join('') };
}
