/** A Nest application with one trivial route, on either adapter. */
import {
  Controller,
  Get,
  type INestApplication,
  type ModuleMetadata,
  Module,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { AddressInfo } from 'node:net';

export type Adapter = 'fastify' | 'express';

/** What every variant answers: as much as a small answer of an API. */
export const body = { order: 'order-1', state: 'shipped', items: 3, total: '42.00' };
export const path = '/orders';

@Controller('orders')
export class OrdersController {
  @Get()
  get(): typeof body {
    return body;
  }
}

/** An application of one module; not started. */
export function createNest(metadata: ModuleMetadata, adapter: Adapter): Promise<INestApplication> {
  class AppModule {}
  Module({ controllers: [OrdersController], ...metadata })(AppModule);
  const chosen = adapter === 'fastify' ? new FastifyAdapter() : new ExpressAdapter();
  return NestFactory.create(AppModule, chosen as FastifyAdapter, { logger: false });
}

export async function listenNest(metadata: ModuleMetadata, adapter: Adapter): Promise<number> {
  const app = await createNest(metadata, adapter);
  await app.listen(0, '127.0.0.1');
  return (app.getHttpServer() as { address(): AddressInfo }).address().port;
}
