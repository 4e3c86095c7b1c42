/** Calls of the guard as Nest makes them: a new request and a new context each time, and a header just read. */
import type { CanActivate, ExecutionContext, INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { OrdersController } from '../variants/nest.js';

/** The guard as the module has registered it, whatever it takes. */
export function findGuard(app: INestApplication): CanActivate {
  for (const module of app.get(ModulesContainer).values()) {
    for (const { instance } of module.injectables.values()) {
      if (isGuard(instance)) return instance;
    }
    for (const { instance } of module.providers.values()) {
      if (isGuard(instance)) return instance;
    }
  }
  throw new Error('the application has no JwtGuard');
}

function isGuard(instance: unknown): instance is CanActivate {
  return (instance as object | null)?.constructor.name === 'JwtGuard';
}

export interface GuardedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly rawHeaders: readonly string[];
  readonly raw: { readonly rawHeaders: readonly string[] };
  readonly url: string;
}

/**
 * Makes contexts in turn for each token. The header's text is made anew from bytes, as the parser does
 * it: V8 remembers the hash of a text it has seen, and a real header is never one it has seen.
 */
export class Contexts {
  private readonly bytes: readonly Buffer[];
  private turn = 0;

  constructor(tokens: readonly string[]) {
    this.bytes = tokens.map((token) => Buffer.from(`Bearer ${token}`, 'latin1'));
  }

  next(): ExecutionContext {
    this.turn = (this.turn + 1) % this.bytes.length;
    const authorization = this.bytes[this.turn]?.toString('latin1') ?? '';
    const rawHeaders = ['Host', 'localhost:3000', 'Authorization', authorization, 'Accept', '*/*'];
    const headers = { host: 'localhost:3000', authorization, accept: '*/*' };
    const request: GuardedRequest = { headers, rawHeaders, raw: { rawHeaders }, url: '/orders' };
    const context = new ExecutionContextHost(
      [request, {}],
      OrdersController,
      OrdersController.prototype.get,
    );
    context.setType('http');
    return context;
  }
}

/** @returns whether it was let in; and it must be as expected. */
export async function callOnce(guard: CanActivate, context: ExecutionContext): Promise<boolean> {
  try {
    return (await guard.canActivate(context)) as boolean;
  } catch {
    return false;
  }
}
