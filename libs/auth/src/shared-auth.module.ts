import {
  Global,
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type Provider,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, HttpAdapterHost } from '@nestjs/core';
import { setImmediate } from 'node:timers/promises';
import { VerifiedTokens } from './access-token/verified-tokens.js';
import { JwtGuard } from './guard/jwt.guard.js';
import { TokenChecks } from './guard/token-checks.js';
import { ProblemFilter } from './problem/problem.filter.js';
import { AccessTokenIssuer } from './refresh/access-token.issuer.js';
import { slideOnTheWayOut } from './refresh/refresh.interceptor.js';
import { Slide } from './refresh/slide.js';
import { resolveOptions } from './resolve-options.js';
import { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } from './shared-auth.module-definition.js';
import { ResolvedOptions } from './shared-auth.options.js';
import { TokenVersions } from './revocation/check/token-versions.js';
import { OpenConnections } from './revocation/open-connections.js';

const ports: Provider[] = [
  { provide: ResolvedOptions, useFactory: resolveOptions, inject: [MODULE_OPTIONS_TOKEN] },
  {
    provide: VerifiedTokens,
    useFactory: (options: ResolvedOptions) => {
      const tokens = new VerifiedTokens({ ...options, max: options.maxVerifiedTokens });
      options.accessTokenIssuer.onMint((...signed) => tokens.learn(...signed));
      return tokens;
    },
    inject: [ResolvedOptions],
  },
  {
    provide: TokenVersions,
    useFactory: (options: ResolvedOptions) => options.versions,
    inject: [ResolvedOptions],
  },
  {
    provide: OpenConnections,
    useFactory: (options: ResolvedOptions) => options.connections,
    inject: [ResolvedOptions],
  },
  {
    provide: AccessTokenIssuer,
    useFactory: (options: ResolvedOptions) => options.accessTokenIssuer,
    inject: [ResolvedOptions],
  },
];

/**
 * Guards every route of the application it is imported into, and slides the session on the way out.
 * In the order a request meets them: JwtGuard, (handler), the slide; ProblemFilter words their refusals.
 * Exported as `AuthModule` too.
 */
@Global()
@Module({
  providers: [
    ...ports,
    TokenChecks,
    Slide,
    { provide: APP_GUARD, useClass: JwtGuard },
    {
      provide: APP_INTERCEPTOR,
      useFactory: ({ httpAdapter }: HttpAdapterHost, slide: Slide) =>
        slideOnTheWayOut(httpAdapter, slide),
      inject: [HttpAdapterHost, Slide],
    },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
  exports: [
    VerifiedTokens,
    TokenVersions,
    TokenChecks,
    OpenConnections,
    AccessTokenIssuer,
    ResolvedOptions,
  ],
})
export class SharedAuthModule
  extends ConfigurableModuleClass
  implements OnApplicationBootstrap, BeforeApplicationShutdown
{
  constructor(@Inject(ResolvedOptions) private readonly options: ResolvedOptions) {
    super();
  }

  /** Joins the nodes that a revoke waits for. */
  async onApplicationBootstrap(): Promise<void> {
    await this.options.lifecycle?.start();
  }

  /**
   * Ends what is open, which the server would wait for, and leaves them, where the host has
   * `enableShutdownHooks` or is closed by hand.
   */
  async beforeApplicationShutdown(): Promise<void> {
    this.options.connections.close();
    // A turn for their last words: a connection that is free only after the server has closed the idle
    // ones would keep it waiting.
    await setImmediate();
    await this.options.lifecycle?.stop();
  }
}
