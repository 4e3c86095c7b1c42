import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';

/** A service of its own: it knows the issuer's address and its own id and secret, and nothing else. */
const {
  PORT = '4000',
  ISSUER_URL = 'http://localhost:3000',
  CLIENT_ID,
  CLIENT_SECRET,
  ALLOWED_ORIGINS,
} = process.env;
if (!CLIENT_ID || !CLIENT_SECRET) {
  process.stderr.write(
    'CLIENT_ID, CLIENT_SECRET: this service as an application with resourceServer: true\n',
  );
  process.exit(1);
}

const app = await NestFactory.create<NestFastifyApplication>(
  AppModule.forRoot({ issuer: ISSUER_URL, client: { id: CLIENT_ID, secret: CLIENT_SECRET } }),
  new FastifyAdapter(),
  { logger: ['warn', 'error'] },
);
// Pages on other origins: they must be able to send the token, and to read the one that has slid.
if (ALLOWED_ORIGINS) {
  app.enableCors({
    origin: ALLOWED_ORIGINS.split(','),
    allowedHeaders: ['Authorization', 'Content-Type', 'Session-Activity'],
    exposedHeaders: ['Authorization', 'WWW-Authenticate', 'Retry-After'],
  });
}
app.enableShutdownHooks();
await app.listen(Number(PORT), '127.0.0.1');
process.stdout.write(`orders-service listens on http://127.0.0.1:${PORT}\n`);
