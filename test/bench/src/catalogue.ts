/** What is measured over HTTP, in the order in which it is shown. */

export type Group = 'guard' | 'express' | 'server' | 'passport' | 'peers' | 'rival';

export interface Variant {
  readonly name: string;
  readonly group: Group;
  /** For people, in tables. */
  readonly title: string;
  /** What is started, where it is not the name. */
  readonly starts?: string;
  readonly needs?: 'redis' | 'mongodb';
  /** Each session sends the token of its last answer. */
  readonly adopts?: true;
  /** Also measured by one connection alone. */
  readonly unloaded?: true;
  /** Part of `--quick`. */
  readonly quick?: true;
}

/** What everything is put in relation to. */
export const baseline = 'nest-fastify';

const always = { unloaded: true, quick: true } as const;

export const variants: readonly Variant[] = [
  { name: baseline, group: 'guard', title: 'Nest on Fastify, unguarded', ...always },
  { name: 'nest-noop-guard', group: 'guard', title: 'a guard that does nothing' },
  {
    name: 'nest-noop',
    group: 'guard',
    title: 'a guard and an interceptor that do nothing',
    ...always,
  },
  { name: 'portcullis-guard', group: 'guard', title: '**Portcullis, guard only**', ...always },
  { name: 'portcullis-slide', group: 'guard', title: '**Portcullis, guard and slide**', ...always },
  {
    name: 'portcullis-slide-adopting',
    group: 'guard',
    title: '**Portcullis, guard and slide**, each token adopted',
    starts: 'portcullis-slide',
    adopts: true,
    quick: true,
  },
  { name: 'nest-express', group: 'express', title: 'Nest on Express, unguarded' },
  {
    name: 'nest-express-noop',
    group: 'express',
    title: 'a guard and an interceptor that do nothing, Express',
  },
  {
    name: 'portcullis-express-guard',
    group: 'express',
    title: '**Portcullis, guard only**, Express',
  },
  {
    name: 'portcullis-express-slide',
    group: 'express',
    title: '**Portcullis, guard and slide**, Express',
  },
  {
    name: 'server-health',
    group: 'server',
    title: 'the Portcullis server, a public route (`/health/live`)',
  },
  {
    name: 'server-verify',
    group: 'server',
    title: '**the Portcullis server**, guard and slide (`/auth/verify`)',
  },
  {
    name: 'server-users-me',
    group: 'server',
    title: '**the Portcullis server**, with a database read (`/users/me`)',
  },
  {
    name: 'passport-hs256-string',
    group: 'passport',
    title: 'passport-jwt, HS256, secret as a string',
    quick: true,
    unloaded: true,
  },
  {
    name: 'passport-hs256-keyobject',
    group: 'passport',
    title: 'passport-jwt, HS256, `KeyObject`',
  },
  { name: 'passport-es256-pem', group: 'passport', title: 'passport-jwt, ES256, key as PEM' },
  {
    name: 'passport-es256-keyobject',
    group: 'passport',
    title: 'passport-jwt, ES256, `KeyObject`',
    ...always,
  },
  {
    name: 'passport-hs256-string+redis',
    group: 'passport',
    title: 'passport-jwt, HS256, string, Redis read',
    needs: 'redis',
  },
  {
    name: 'passport-es256-pem+redis',
    group: 'passport',
    title: 'passport-jwt, ES256, PEM, Redis read',
    needs: 'redis',
  },
  {
    name: 'passport-es256-keyobject+redis',
    group: 'passport',
    title: 'passport-jwt, ES256, `KeyObject`, Redis read',
    needs: 'redis',
    unloaded: true,
  },
  {
    name: 'passport-hs256-string+sqlite',
    group: 'passport',
    title: 'passport-jwt, HS256, string, SQLite read in process',
  },
  {
    name: 'passport-es256-pem+sqlite',
    group: 'passport',
    title: 'passport-jwt, ES256, PEM, SQLite read in process',
  },
  {
    name: 'passport-es256-keyobject+sqlite',
    group: 'passport',
    title: 'passport-jwt, ES256, `KeyObject`, SQLite read in process',
  },
  {
    name: 'passport-es256-keyobject+mongodb',
    group: 'passport',
    title: 'passport-jwt, ES256, `KeyObject`, MongoDB `findById`',
    needs: 'mongodb',
    unloaded: true,
  },
  {
    name: 'passport-express-es256-keyobject',
    group: 'passport',
    title: 'passport-jwt, ES256, `KeyObject`, Express',
  },
  {
    name: 'nestjs-jwt-hs256-string',
    group: 'passport',
    title: '@nestjs/jwt in a guard, HS256, string',
  },
  { name: 'fastify', group: 'peers', title: 'Fastify alone, unguarded' },
  { name: 'fastify-jwt-hs256', group: 'peers', title: '@fastify/jwt, HS256 (Fastify alone)' },
  {
    name: 'fastify-jwt-es256',
    group: 'peers',
    title: '@fastify/jwt, ES256 (Fastify alone)',
    quick: true,
  },
  {
    name: 'fastify-jwt-es256+cache',
    group: 'peers',
    title: '@fastify/jwt, ES256, its cache on (Fastify alone)',
  },
  {
    name: 'fastify-jwt-es256+redis',
    group: 'peers',
    title: '@fastify/jwt, ES256, Redis read (Fastify alone)',
    needs: 'redis',
  },
  { name: 'express', group: 'peers', title: 'Express alone, unguarded' },
  {
    name: 'express-jwt-hs256-string',
    group: 'peers',
    title: 'express-jwt, HS256, string (Express alone)',
  },
  {
    name: 'express-jwt-es256-keyobject',
    group: 'peers',
    title: 'express-jwt, ES256, `KeyObject` (Express alone)',
  },
  {
    name: 'express-jwt-hs256-string+redis',
    group: 'peers',
    title: 'express-jwt, HS256, string, Redis read (Express alone)',
    needs: 'redis',
  },
  {
    name: 'better-auth-sqlite',
    group: 'peers',
    title: 'better-auth session, SQLite in process',
    unloaded: true,
  },
  {
    name: 'better-auth-cookie-cache',
    group: 'peers',
    title: 'better-auth session, cookie cache',
    unloaded: true,
  },
  {
    name: 'rival',
    group: 'rival',
    title: 'verified-token cache and a Redis read, no slide',
    needs: 'redis',
    ...always,
  },
];
