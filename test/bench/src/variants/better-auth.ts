/** better-auth’s sessions: a Nest guard that asks `getSession`, as its integrations do. */
import {
  Injectable,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { fromNodeHeaders } from 'better-auth/node';
import { SqliteDialect, type SqliteDatabase } from 'kysely';
import Database from 'libsql';
import type { IncomingHttpHeaders } from 'node:http';
import { listenNest, path } from './nest.js';
import type { Started } from './started.js';
import { everyUser } from './users.js';

function createAuth(cookieCache: boolean) {
  const database = new Database(':memory:') as unknown as SqliteDatabase;
  return betterAuth({
    database: { dialect: new SqliteDialect({ database }), type: 'sqlite' },
    baseURL: 'http://localhost:3000',
    secret: 'a secret of forty characters, as one does',
    emailAndPassword: {
      enabled: true,
      // Signing up is no part of what is measured, and five hundred hashes take a while.
      password: {
        hash: async (text) => text,
        verify: async ({ hash, password }) => hash === password,
      },
    },
    session: { cookieCache: { enabled: cookieCache, maxAge: 14_400 } },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'error' },
  });
}

export async function startBetterAuth(cookieCache: boolean): Promise<Started> {
  const auth = createAuth(cookieCache);
  await (await getMigrations(auth.options)).runMigrations();

  @Injectable()
  class SessionGuard implements CanActivate {
    async canActivate(context: ExecutionContext): Promise<boolean> {
      const request = context
        .switchToHttp()
        .getRequest<{ headers: IncomingHttpHeaders; user?: unknown }>();
      const session = await auth.api.getSession({ headers: fromNodeHeaders(request.headers) });
      if (session === null) throw new UnauthorizedException();
      request.user = session.user;
      return true;
    }
  }

  const headers = await Promise.all(
    everyUser(async (index) => {
      const { headers: answered } = await auth.api.signUpEmail({
        body: {
          email: `user${index}@example.org`,
          password: 'correct horse',
          name: `User ${index}`,
        },
        returnHeaders: true,
      });
      const pairs = answered.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? '');
      return { cookie: pairs.join('; ') };
    }),
  );
  const providers = [{ provide: APP_GUARD, useClass: SessionGuard }];
  return { port: await listenNest({ providers }, 'fastify'), path, headers };
}
