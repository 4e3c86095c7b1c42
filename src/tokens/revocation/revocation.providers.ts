/** How this server's part in the protocol is put together from the library's parts. */
import type { Provider } from '@nestjs/common';
import {
  Clock,
  Doorbell,
  NodeClock,
  RedisConnection,
  RedisDoorbell,
  RedisSecondLevel,
  RevocationLog,
  RevocationNode,
  Revoker,
  SharedCache,
  SystemNodeClock,
} from '@portcullis/auth';
import { Environment } from '../../config/environment.js';
import { Ids } from '../../storage/ids.js';
import { SubjectVersions } from './subject-versions.js';

export const revocationProviders: readonly Provider[] = [
  // Not the clock that tests set: a lease is over when its time has really passed.
  { provide: NodeClock, useClass: SystemNodeClock },
  {
    provide: Doorbell,
    inject: [Environment, RedisConnection],
    useFactory: ({ redisUrl, issuerUrl }: Environment, redis: RedisConnection | null) =>
      redisUrl === null || redis === null
        ? new Doorbell()
        : new RedisDoorbell(redisUrl, redis, issuerUrl),
  },
  {
    provide: Revoker,
    inject: [RevocationLog, Doorbell, NodeClock, Environment],
    useFactory: (
      log: RevocationLog,
      bell: Doorbell,
      clock: NodeClock,
      { revocationLeaseSeconds }: Environment,
    ) => new Revoker(log, bell, clock, revocationLeaseSeconds * 1000),
  },
  {
    provide: RevocationNode,
    inject: [
      Environment,
      Ids,
      RevocationLog,
      SubjectVersions,
      Doorbell,
      NodeClock,
      Clock,
      RedisConnection,
      SharedCache,
    ],
    useFactory: makeNode,
  },
];

function makeNode(
  { revocationLeaseSeconds, revocationCache }: Environment,
  ids: Ids,
  log: RevocationLog,
  source: SubjectVersions,
  bell: Doorbell,
  clock: NodeClock,
  time: Clock,
  redis: RedisConnection | null,
  cache: SharedCache,
): RevocationNode {
  return new RevocationNode({
    node: ids.next(),
    kind: 'server',
    leaseMs: revocationLeaseSeconds * 1000,
    feed: log,
    source,
    bell,
    // In this process alone it would only repeat what the first level has.
    secondLevel: redis && new RedisSecondLevel(cache),
    usesMemory: revocationCache,
    clock,
    time,
  });
}
