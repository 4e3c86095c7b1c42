import type { Clock } from '../clock.js';
import { MemberTokenVersions } from './check/member-token-versions.js';
import type { SecondLevel } from './check/second-level.js';
import { SubjectLookup } from './check/subject-lookup.js';
import type { TokenVersions } from './check/token-versions.js';
import { OpenConnections } from './open-connections.js';
import { RevocationMember, type MemberSetup } from './revocation-member.js';
import { RevocationState } from './state/revocation-state.js';
import type { StateLimits } from './state/state-types.js';
import type { TokenVersionSource } from './token-version-source.js';

export interface NodeSetup extends Omit<MemberSetup, 'state'>, StateLimits {
  readonly source: TokenVersionSource;
  /** Null: every miss asks the source. */
  readonly secondLevel: SecondLevel | null;
  /** What the ends of sessions are judged by. @default the wall clock of `clock` */
  readonly time?: Clock;
  /** False: every check asks the source, and memory is not used. */
  readonly usesMemory: boolean;
}

/** One process that checks tokens from memory: the parts of the protocol, put together. */
export class RevocationNode {
  readonly id: string;
  readonly state: RevocationState;
  readonly versions: TokenVersions;
  readonly connections: OpenConnections;
  private readonly member: RevocationMember;

  constructor(setup: NodeSetup) {
    const { clock, source, secondLevel, leaseMs } = setup;
    this.id = setup.node;
    this.state = new RevocationState(clock, setup);
    const lookup = new SubjectLookup(this.state, source, secondLevel, clock);
    this.versions = new MemberTokenVersions(this.state, lookup, setup.usesMemory);
    this.connections = new OpenConnections(this.versions, clock, leaseMs, this.state, setup.time);
    this.member = new RevocationMember({ ...setup, state: this.state });
  }

  /** Joins; from the first answer on checks are made from memory. Never fails: without it they read. */
  start(): Promise<void> {
    return this.member.start();
  }

  /** Ends what is open, and leaves, so that no revoke waits for this node. */
  async stop(): Promise<void> {
    this.connections.close();
    await this.member.leave();
  }
}
