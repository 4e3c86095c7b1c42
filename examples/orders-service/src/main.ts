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
app.enableShutdownHooks();
await app.listen(Number(PORT), '127.0.0.1');
process.stdout.write(`orders-service listens on http://127.0.0.1:${PORT}\n`);
