/** passport-jwt through @nestjs/passport, as the chapter on authentication of Nest’s documentation has it. */
import { Injectable, UnauthorizedException, type Provider } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuthGuard, PassportModule, PassportStrategy } from '@nestjs/passport';
import type { KeyObject } from 'node:crypto';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { listenNest, path, type Adapter } from './nest.js';
import { headersFor, type Algorithm } from './sign.js';
import type { Started } from './started.js';
import { issuer, keys } from './users.js';
import { openStore, type FindVersion, type Store } from './version-stores.js';

export type KeyForm = 'hs256-string' | 'hs256-keyobject' | 'es256-pem' | 'es256-keyobject';

interface Payload {
  readonly sub: string;
  readonly ver: number;
  readonly roles: readonly string[];
}

class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(
    key: string | KeyObject,
    algorithm: Algorithm,
    private readonly findVersion: FindVersion | null,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      ignoreExpiration: false,
      secretOrKey: key as string,
      algorithms: [algorithm],
      issuer,
    });
  }

  async validate({
    sub,
    ver,
    roles,
  }: Payload): Promise<{ userId: string; roles: readonly string[] }> {
    if (this.findVersion !== null && (await this.findVersion(sub)) !== ver) {
      throw new UnauthorizedException();
    }
    return { userId: sub, roles };
  }
}

@Injectable()
class JwtAuthGuard extends AuthGuard('jwt') {}

export async function startPassport(
  form: KeyForm,
  store: Store | null,
  adapter: Adapter,
): Promise<Started> {
  const algorithm = form.startsWith('hs256') ? 'HS256' : 'ES256';
  const key = {
    'hs256-string': keys.secret,
    'hs256-keyobject': keys.secretObject,
    'es256-pem': keys.publicPem,
    'es256-keyobject': keys.publicKey,
  }[form];
  const strategy: Provider = {
    provide: JwtStrategy,
    useFactory: async () => new JwtStrategy(key, algorithm, store && (await openStore(store))),
  };
  const providers = [strategy, { provide: APP_GUARD, useClass: JwtAuthGuard }];
  const port = await listenNest({ imports: [PassportModule], providers }, adapter);
  return { port, path, headers: headersFor(algorithm) };
}
