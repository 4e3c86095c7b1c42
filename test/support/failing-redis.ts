import { startOwnRedis, type OwnRedis } from './own-redis.js';
import { TcpProxy } from './tcp-proxy.js';

export interface FailingRedis {
  startRedis(): Promise<OwnRedis>;
  /** Between whoever connects and that Redis, to hold, delay and cut. */
  startProxy(redis: OwnRedis): Promise<TcpProxy>;
}

/** What tests of an outage start, and have ended by `cleanUps`, the last one first. */
export const failingRedis = (cleanUps: (() => unknown)[]): FailingRedis => ({
  async startRedis() {
    const redis = await startOwnRedis();
    cleanUps.push(() => redis.stop());
    return redis;
  },
  async startProxy(redis) {
    const proxy = await TcpProxy.start(redis.port);
    cleanUps.push(() => proxy.stop());
    return proxy;
  },
});
