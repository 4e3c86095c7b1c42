/** How each variant is started. Loaded by the process that is to be it, and nothing else with it. */
import type { Started } from './started.js';

type Start = () => Promise<Started>;

const plain =
  (adapter: 'fastify' | 'express', what: 'bare' | 'guard' | 'guard+interceptor'): Start =>
  async () =>
    (await import('./nest-plain.js')).startPlain(adapter, what);
const portcullis =
  (adapter: 'fastify' | 'express', slides: boolean): Start =>
  async () =>
    (await import('./portcullis/service.js')).startPortcullis(adapter, slides);
const server =
  (path: '/health/live' | '/auth/verify' | '/users/me'): Start =>
  async () =>
    (await import('./server.js')).startServer(path);
const passport =
  (
    form: 'hs256-string' | 'hs256-keyobject' | 'es256-pem' | 'es256-keyobject',
    store: 'redis' | 'sqlite' | 'mongodb' | null = null,
    adapter: 'fastify' | 'express' = 'fastify',
  ): Start =>
  async () =>
    (await import('./passport.js')).startPassport(form, store, adapter);
const fastifyJwt =
  (what: 'none' | 'hs256' | 'es256' | 'es256+cache' | 'es256+redis'): Start =>
  async () =>
    (await import('./fastify-jwt.js')).startFastifyJwt(what);
const expressJwt =
  (what: 'none' | 'hs256-string' | 'hs256-string+redis' | 'es256-keyobject'): Start =>
  async () =>
    (await import('./express-jwt.js')).startExpressJwt(what);
const betterAuth =
  (cookieCache: boolean): Start =>
  async () =>
    (await import('./better-auth.js')).startBetterAuth(cookieCache);

export const starters: ReadonlyMap<string, Start> = new Map([
  ['nest-fastify', plain('fastify', 'bare')],
  ['nest-noop-guard', plain('fastify', 'guard')],
  ['nest-noop', plain('fastify', 'guard+interceptor')],
  ['portcullis-guard', portcullis('fastify', false)],
  ['portcullis-slide', portcullis('fastify', true)],
  ['nest-express', plain('express', 'bare')],
  ['nest-express-noop', plain('express', 'guard+interceptor')],
  ['portcullis-express-guard', portcullis('express', false)],
  ['portcullis-express-slide', portcullis('express', true)],
  ['server-health', server('/health/live')],
  ['server-verify', server('/auth/verify')],
  ['server-users-me', server('/users/me')],
  ['passport-hs256-string', passport('hs256-string')],
  ['passport-hs256-keyobject', passport('hs256-keyobject')],
  ['passport-es256-pem', passport('es256-pem')],
  ['passport-es256-keyobject', passport('es256-keyobject')],
  ['passport-hs256-string+redis', passport('hs256-string', 'redis')],
  ['passport-es256-pem+redis', passport('es256-pem', 'redis')],
  ['passport-es256-keyobject+redis', passport('es256-keyobject', 'redis')],
  ['passport-hs256-string+sqlite', passport('hs256-string', 'sqlite')],
  ['passport-es256-pem+sqlite', passport('es256-pem', 'sqlite')],
  ['passport-es256-keyobject+sqlite', passport('es256-keyobject', 'sqlite')],
  ['passport-es256-keyobject+mongodb', passport('es256-keyobject', 'mongodb')],
  ['passport-express-es256-keyobject', passport('es256-keyobject', null, 'express')],
  ['nestjs-jwt-hs256-string', async () => (await import('./nest-jwt.js')).startNestJwt()],
  ['fastify', fastifyJwt('none')],
  ['fastify-jwt-hs256', fastifyJwt('hs256')],
  ['fastify-jwt-es256', fastifyJwt('es256')],
  ['fastify-jwt-es256+cache', fastifyJwt('es256+cache')],
  ['fastify-jwt-es256+redis', fastifyJwt('es256+redis')],
  ['express', expressJwt('none')],
  ['express-jwt-hs256-string', expressJwt('hs256-string')],
  ['express-jwt-hs256-string+redis', expressJwt('hs256-string+redis')],
  ['express-jwt-es256-keyobject', expressJwt('es256-keyobject')],
  ['better-auth-sqlite', betterAuth(false)],
  ['better-auth-cookie-cache', betterAuth(true)],
  ['rival', async () => (await import('./rival.js')).startRival()],
]);
