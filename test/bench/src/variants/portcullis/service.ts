/** A service with `AuthModule` and ports of its own: the server's issuer, and a real node over a log in memory. */
import type { INestApplication, ModuleMetadata } from '@nestjs/common';
import {
  AuthModule,
  Doorbell,
  RevocationFeed,
  RevocationNode,
  SkipRefresh,
  SystemClock,
  SystemNodeClock,
  TokenVersionSource,
  VerificationKeys,
  type PollReply,
  type PollRequest,
  type SubjectVersion,
} from '@portcullis/auth';
import type { KeyObject } from 'node:crypto';
import { loadActivity, loadIds, loadMinter, type Minter } from '../../server-files.js';
import { createNest, listenNest, OrdersController, path, type Adapter } from '../nest.js';
import type { Started } from '../started.js';
import { audience, bearer, claimsOf, everyUser, issuer, keys, lifetimeSeconds } from '../users.js';
import { signClaims } from './tokens.js';

class OneKey extends VerificationKeys {
  override find(kid: string): KeyObject | null {
    return kid === keys.kid ? keys.publicKey : null;
  }
}

/** A log that nobody writes to: the node polls it as it would any other. */
class QuietLog extends RevocationFeed {
  override async poll({ log, leaseMs }: PollRequest): Promise<PollReply> {
    return { log: 'bench', seq: 0, events: [], gap: log !== 'bench', oldestAgeMs: null, leaseMs };
  }

  override async leave(): Promise<void> {
    // Nobody waits for it.
  }
}

class EverybodyOnce extends TokenVersionSource {
  override async read(): Promise<SubjectVersion> {
    return { version: 1, status: 'active' };
  }
}

export interface ServiceLimits {
  readonly maxVerifiedTokens?: number;
  readonly maxRecords?: number;
}

export interface Service {
  readonly metadata: ModuleMetadata;
  readonly node: RevocationNode;
  readonly minter: Minter;
}

export async function createService(limits: ServiceLimits = {}): Promise<Service> {
  const { maxVerifiedTokens = 50_000, maxRecords = 100_000 } = limits;
  const node = new RevocationNode({
    node: 'bench',
    kind: 'server',
    leaseMs: 5_000,
    feed: new QuietLog(),
    source: new EverybodyOnce(),
    bell: new Doorbell(),
    secondLevel: null,
    usesMemory: true,
    clock: new SystemNodeClock(),
    maxRecords,
  });
  const minter = await createMinter();
  const ports = {
    keys: new OneKey(),
    versions: node.versions,
    connections: node.connections,
    accessTokenIssuer: minter,
    lifecycle: node,
  };
  const module = AuthModule.forRoot({ issuer, audience, maxVerifiedTokens, ports });
  return { metadata: { imports: [module] }, node, minter };
}

async function createMinter(): Promise<Minter> {
  const [{ AccessTokenMinter }, { SessionActivity }, { RandomIds }] = await Promise.all([
    loadMinter(),
    loadActivity(),
    loadIds(),
  ]);
  const clock = new SystemClock();
  const policy = {
    accessTokenTtl: lifetimeSeconds,
    refreshAfter: 10,
    sessionTtl: 2 * lifetimeSeconds,
    warnBefore: 120,
  };
  return new AccessTokenMinter(
    { current: { kid: keys.kid, privateKey: keys.privateKey }, canSign: true },
    { find: () => ({ policy }) },
    new SessionActivity({ touch: async () => undefined }, clock),
    { issuerUrl: issuer, defaultPolicy: policy },
    new RandomIds(),
    clock,
  );
}

/** Not listening: for what is measured without HTTP. */
export async function createServiceApp(service: Service): Promise<INestApplication> {
  const app = await createNest(service.metadata, 'fastify');
  await app.init();
  return app;
}

/** @param slides false: the route says `@SkipRefresh()`, and its answers carry no token. */
export async function startPortcullis(adapter: Adapter, slides: boolean): Promise<Started> {
  if (!slides) SkipRefresh()(OrdersController);
  const { metadata } = await createService();
  const port = await listenNest(metadata, adapter);
  return { port, path, headers: everyUser((index) => bearer(signClaims(claimsOf(index)))) };
}
