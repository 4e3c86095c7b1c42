/** What somebody who has measured would build: each token verified once, and one Redis read a request. */
import {
  Injectable,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import jsonwebtoken from 'jsonwebtoken';
import { LRUCache } from 'lru-cache';
import { listenNest, path } from './nest.js';
import { headersFor } from './sign.js';
import type { Started } from './started.js';
import { audience, issuer, keys } from './users.js';
import { openStore } from './version-stores.js';

interface Claims {
  readonly sub: string;
  readonly ver: number;
  readonly exp: number;
}

export async function startRival(): Promise<Started> {
  const findVersion = await openStore('redis');
  const verified = new LRUCache<string, Claims>({ max: 50_000 });

  function verify(token: string): Claims {
    const options = { algorithms: ['ES256'] as const, issuer, audience };
    const claims = jsonwebtoken.verify(token, keys.publicKey, {
      ...options,
      algorithms: [...options.algorithms],
    }) as unknown as Claims;
    verified.set(token, claims);
    return claims;
  }

  @Injectable()
  class CachedTokenGuard implements CanActivate {
    async canActivate(context: ExecutionContext): Promise<boolean> {
      const request = context
        .switchToHttp()
        .getRequest<{ headers: { authorization?: string }; user?: Claims }>();
      const header = request.headers.authorization;
      if (header?.startsWith('Bearer ') !== true) throw new UnauthorizedException();
      const token = header.slice(7);
      const claims = verified.get(token) ?? verify(token);
      if (claims.exp * 1000 <= Date.now()) throw new UnauthorizedException();
      if ((await findVersion(claims.sub)) !== claims.ver) throw new UnauthorizedException();
      request.user = claims;
      return true;
    }
  }

  const port = await listenNest(
    { providers: [{ provide: APP_GUARD, useClass: CachedTokenGuard }] },
    'fastify',
  );
  return { port, path, headers: headersFor('ES256') };
}
