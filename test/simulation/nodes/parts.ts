// What a simulated process is put together from: the product's own classes, unless a sabotage says otherwise.
import { MemberTokenVersions } from '../../../libs/auth/src/revocation/check/member-token-versions.js';
import type { SecondLevel } from '../../../libs/auth/src/revocation/check/second-level.js';
import { SubjectLookup } from '../../../libs/auth/src/revocation/check/subject-lookup.js';
import type { TokenVersions } from '../../../libs/auth/src/revocation/check/token-versions.js';
import type { Doorbell } from '../../../libs/auth/src/revocation/doorbell.js';
import type { NodeClock } from '../../../libs/auth/src/revocation/node.clock.js';
import type {
  RevocationFeed,
  RevocationLog,
} from '../../../libs/auth/src/revocation/revocation-log.js';
import {
  RevocationMember,
  type MemberSetup,
} from '../../../libs/auth/src/revocation/revocation-member.js';
import { Revoker } from '../../../libs/auth/src/revocation/revoke/revoker.js';
import { RevocationState } from '../../../libs/auth/src/revocation/state/revocation-state.js';
import type { StateLimits } from '../../../libs/auth/src/revocation/state/state-types.js';
import type { TokenVersionSource } from '../../../libs/auth/src/revocation/token-version-source.js';
import type { World } from '../world/world.js';
import type { SimulatedNode } from './node.js';

export interface Parts {
  /** The clock that the product sees of a machine. */
  clock(clock: NodeClock): NodeClock;
  state(clock: NodeClock, limits: StateLimits): RevocationState;
  feed(feed: RevocationFeed): RevocationFeed;
  memberBell(bell: Doorbell, clock: NodeClock, node: string): Doorbell;
  member(setup: MemberSetup): RevocationMember;
  source(source: TokenVersionSource, world: World): TokenVersionSource;
  lookup(
    state: RevocationState,
    source: TokenVersionSource,
    secondLevel: SecondLevel | null,
    clock: NodeClock,
  ): SubjectLookup;
  versions(state: RevocationState, lookup: SubjectLookup, clock: NodeClock): TokenVersions;
  /** The log as a revoker sees it. */
  revokersLog(log: RevocationLog): RevocationLog;
  revoker(log: RevocationLog, bell: Doorbell, clock: NodeClock, leaseMs: number): Revoker;
  /** What a server answers when a service asks for a subject. */
  readForService(server: SimulatedNode): TokenVersionSource['read'];
}

export const soundParts: Parts = {
  clock: (clock) => clock,
  state: (clock, limits) => new RevocationState(clock, limits),
  feed: (feed) => feed,
  memberBell: (bell) => bell,
  member: (setup) => new RevocationMember(setup),
  source: (source) => source,
  lookup: (...needs) => new SubjectLookup(...needs),
  versions: (state, lookup) => new MemberTokenVersions(state, lookup),
  revokersLog: (log) => log,
  revoker: (...needs) => new Revoker(...needs),
  readForService: (server) => (subject) => server.source.read(subject),
};
