import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Environment } from '../config/environment.js';
import { AttemptCounters } from './counters/attempt-counters.js';
import { AttemptKeys } from './counters/attempt-keys.js';
import { addressLimit } from './limits.js';
import { networkOf } from './network-of.js';
import { rateLimited } from './throttle.errors.js';

/**
 * Bounds how often one address may use a credential route. The address is the socket's, or what
 * `TRUST_PROXY` lets a proxy say. (@nestjs/throttler would do, but it is CommonJS that requires Nest's
 * ES modules, which Jest cannot load on the Node versions supported here.)
 */
@Injectable()
export class AddressThrottleGuard implements CanActivate {
  constructor(
    @Inject(AttemptCounters) private readonly counters: AttemptCounters,
    @Inject(AttemptKeys) private readonly keys: AttemptKeys,
    @Inject(Environment) private readonly environment: Environment,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (!this.environment.throttle) return true;
    const { ip } = context.switchToHttp().getRequest<FastifyRequest>();
    const key = this.keys.of('address', context.getHandler().name, networkOf(ip));
    const { isGranted, restMs } = await this.counters.take(key, addressLimit);
    if (!isGranted) throw rateLimited(restMs);
    return true;
  }
}
