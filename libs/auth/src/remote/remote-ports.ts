import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.js';
import { RedisConnection } from '../redis/redis.connection.js';
import { RedisDoorbell } from '../redis/redis-doorbell.js';
import { RedisSecondLevel } from '../redis/redis-second-level.js';
import { SharedCache } from '../redis/shared-cache.js';
import { SystemNodeClock } from '../revocation/node.clock.js';
import { RevocationNode } from '../revocation/revocation-node.js';
import type { SharedAuthOptions, SharedAuthPorts } from '../shared-auth.options.js';
import { EventStreamDoorbell } from './event-stream-doorbell.js';
import { IssuerClient } from './issuer-client.js';
import { RemoteAccessTokenIssuer } from './remote-access-token.issuer.js';
import { RemoteRevocationFeed } from './remote-revocation-feed.js';
import { RemoteTokenVersionSource } from './remote-token-version-source.js';
import { RemoteVerificationKeys } from './remote-verification-keys.js';

/** Until the server has said how long the lease is, the service polls as if it were this long. */
const firstLeaseMs = 5_000;

/** Everything a service of somebody else's needs, over the server's HTTP routes: it is a node like any. */
export function remotePorts(options: SharedAuthOptions, clock: Clock): SharedAuthPorts {
  const { requestTimeoutMs = 2_000 } = options;
  const client = newClient(options, requestTimeoutMs);
  // What keeps the lease has a client of its own: reads that hang must not take its place. It is also more
  // patient, as a late answer to a poll still counts for as long as the lease would have.
  const memberClient = newClient(options, Math.max(requestTimeoutMs, firstLeaseMs));
  const nodeClock = new SystemNodeClock();
  const redis =
    options.redisUrl === undefined ? null : new RedisConnection(options.redisUrl, clock);
  const node = new RevocationNode({
    node: randomBytes(18).toString('base64url'),
    kind: 'service',
    leaseMs: firstLeaseMs,
    feed: new RemoteRevocationFeed(memberClient),
    source: new RemoteTokenVersionSource(client),
    bell:
      redis === null
        ? new EventStreamDoorbell(memberClient, nodeClock)
        : new RedisDoorbell(options.redisUrl ?? '', redis, options.issuer),
    secondLevel: redis && new RedisSecondLevel(new SharedCache(redis)),
    usesMemory: true,
    clock: nodeClock,
    time: clock,
  });
  const { refreshAfterSeconds = 10 } = options;
  return {
    keys: new RemoteVerificationKeys(client, clock),
    versions: node.versions,
    connections: node.connections,
    accessTokenIssuer: new RemoteAccessTokenIssuer(client, clock, refreshAfterSeconds),
    lifecycle: {
      start: () => node.start(),
      async stop() {
        await node.stop();
        redis?.close();
      },
    },
  };
}

const newClient = ({ issuer, client }: SharedAuthOptions, requestTimeoutMs: number): IssuerClient =>
  new IssuerClient({
    issuer,
    clientId: client?.id ?? '',
    clientSecret: client?.secret ?? '',
    requestTimeoutMs,
  });
