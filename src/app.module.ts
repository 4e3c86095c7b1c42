import { Module, type DynamicModule } from '@nestjs/common';
import { Clock, RevocationNode, SharedAuthModule, type SharedAuthOptions } from '@portcullis/auth';
import { AdminModule } from './admin/admin.module.js';
import { ApplicationsModule } from './applications/applications.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import { CliModule } from './cli/cli.module.js';
import { ConfigModule } from './config/config.module.js';
import { Environment } from './config/environment.js';
import { HealthModule } from './health/health.module.js';
import { RedisModule } from './redis/redis.module.js';
import { StartModule } from './start/start.module.js';
import { StorageModule } from './storage/storage.module.js';
import { ThrottleModule } from './throttle/throttle.module.js';
import { AccessTokenMinter } from './tokens/issuer/access-token.minter.js';
import { KeysService } from './tokens/keys/keys.service.js';
import { OAuthModule } from './tokens/oauth/oauth.module.js';
import { TokensModule } from './tokens/tokens.module.js';
import { UsersModule } from './users/users.module.js';

/**
 * The whole server. A request meets, in this order: the limits and parsers of `http/`, JwtGuard and
 * RolesGuard of SharedAuthModule, the throttle of credential routes, the validation pipe, the
 * controller, and on the way out RefreshInterceptor and the problem filter.
 */
@Module({})
export class AppModule {
  static forRoot(environment: Environment, clock?: Clock): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(environment, clock),
        StorageModule.forRoot(),
        RedisModule.forRoot(),
        ThrottleModule,
        AuditModule,
        SharedAuthModule.forRootAsync({
          imports: [TokensModule],
          inject: [Environment, Clock, KeysService, RevocationNode, AccessTokenMinter],
          useFactory: sharedAuthOptions,
        }),
        UsersModule,
        ApplicationsModule,
        TokensModule,
        OAuthModule,
        AuthModule,
        AdminModule,
        CliModule,
        HealthModule,
        StartModule,
      ],
    };
  }
}

/** The server checks tokens with its own keys and versions, by the same guard as every other service. */
function sharedAuthOptions(
  environment: Environment,
  clock: Clock,
  keys: KeysService,
  { versions, connections }: RevocationNode,
  accessTokenIssuer: AccessTokenMinter,
): SharedAuthOptions {
  const { issuerUrl } = environment;
  return {
    issuer: issuerUrl,
    audience: issuerUrl,
    clock,
    ports: { keys, versions, connections, accessTokenIssuer },
  };
}
