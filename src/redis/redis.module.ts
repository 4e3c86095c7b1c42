import {
  Global,
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Clock, RedisConnection, SharedCache } from '@portcullis/auth';
import { Environment } from '../config/environment.js';

/**
 * Redis, where `REDIS_URL` names one, and what is built on it. `RedisConnection` is null without:
 * `@Inject(RedisConnection) redis: RedisConnection | null`.
 */
@Global()
@Module({})
export class RedisModule implements OnApplicationShutdown {
  constructor(@Inject(RedisConnection) private readonly redis: RedisConnection | null) {}

  static forRoot(): DynamicModule {
    return {
      module: RedisModule,
      providers: [
        {
          provide: RedisConnection,
          inject: [Environment, Clock],
          useFactory: ({ redisUrl }: Environment, clock: Clock) =>
            redisUrl === null ? null : new RedisConnection(redisUrl, clock),
        },
        {
          provide: SharedCache,
          inject: [RedisConnection],
          useFactory: (redis: RedisConnection | null) => new SharedCache(redis),
        },
      ],
      exports: [RedisConnection, SharedCache],
    };
  }

  onApplicationShutdown(): void {
    this.redis?.close();
  }
}
