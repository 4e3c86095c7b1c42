/** The smallest service that imports the library, on either HTTP adapter, on a free port. */
import type { INestApplication, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { SharedAuthModule, type SharedAuthOptions } from '@portcullis/auth';
import type { AddressInfo } from 'node:net';
import { ApiClient } from './api-client.js';
import { FakeIssuer, FakeKeys, FakeVersions } from './auth/fake-ports.js';
import { Gates } from './gate.js';
import { AnswersController, OrdersController, PublicController } from './auth/host.controller.js';
import { FakeClock } from './fake-clock.js';
import { audience, issuer, TokenWorkshop } from './tokens.js';

export type Platform = 'Fastify' | 'Express';
export const platforms: readonly Platform[] = ['Fastify', 'Express'];

export interface Host {
  readonly app: INestApplication;
  readonly port: number;
  readonly api: ApiClient;
  readonly gates: Gates;
  close(): Promise<void>;
}

export interface LocalHost extends Host {
  readonly clock: FakeClock;
  readonly workshop: TokenWorkshop;
  readonly keys: FakeKeys;
  readonly versions: FakeVersions;
  readonly issuer: FakeIssuer;
}

class HostModule {}

export async function startHost(platform: Platform, options: SharedAuthOptions): Promise<Host> {
  const gates = new Gates();
  const module = {
    module: HostModule,
    imports: [SharedAuthModule.forRoot(options)],
    controllers: [OrdersController, AnswersController, PublicController] as Type[],
    providers: [{ provide: Gates, useValue: gates }],
  };
  const adapter = platform === 'Fastify' ? new FastifyAdapter() : new ExpressAdapter();
  const app = await NestFactory.create(module, adapter, { logger: false, abortOnError: false });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return {
    app,
    port,
    api: new ApiClient(`http://127.0.0.1:${port}`),
    gates,
    close: () => app.close(),
  };
}

/** With ports of its own, as the server has, and everything they know at hand. */
export async function startLocalHost(
  platform: Platform,
  workshop = new TokenWorkshop(new FakeClock()),
  foreignKeys: readonly (readonly [string, TokenWorkshop['key']['publicKey']])[] = [],
): Promise<LocalHost> {
  const clock = workshop.clock as FakeClock;
  const keys = new FakeKeys(new Map([[workshop.key.kid, workshop.key.publicKey], ...foreignKeys]));
  const versions = new FakeVersions();
  const fakeIssuer = new FakeIssuer(workshop);
  const ports = { keys, versions, accessTokenIssuer: fakeIssuer };
  const host = await startHost(platform, { issuer, audience, clock, ports });
  return { ...host, clock, workshop, keys, versions, issuer: fakeIssuer };
}
