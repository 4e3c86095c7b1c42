// A process of a server or of a service: the product's member, state, look-up, guard decision and revoker
// on a simulated machine.
import type { TokenVersions } from '../../../libs/auth/src/revocation/check/token-versions.js';
import type { Doorbell } from '../../../libs/auth/src/revocation/doorbell.js';
import type { NodeKind, RevocationLog } from '../../../libs/auth/src/revocation/revocation-log.js';
import type { RevocationMember } from '../../../libs/auth/src/revocation/revocation-member.js';
import type { Revoker, RevokingChange } from '../../../libs/auth/src/revocation/revoke/revoker.js';
import type { RevocationState } from '../../../libs/auth/src/revocation/state/revocation-state.js';
import type { StateLimits } from '../../../libs/auth/src/revocation/state/state-types.js';
import type {
  NamedVersion,
  Subject,
  SubjectVersion,
} from '../../../libs/auth/src/revocation/subject.js';
import type { TokenVersionSource } from '../../../libs/auth/src/revocation/token-version-source.js';
import { ListedSubjects } from '../../support/auth/listed-subjects.js';
import type { Decision } from '../run/checker.js';
import type { Machine } from '../world/machine.js';
import type { World } from '../world/world.js';
import {
  callDatabase,
  ChannelDoorbell,
  DatabaseLog,
  DatabaseSource,
  RedisSecondLevel,
  type BellKind,
} from './ports.js';
import { ServedFeed, ServedSource } from './service-ports.js';

export interface NodeTraits {
  readonly kind: NodeKind;
  readonly leaseMs: number;
  readonly bell: BellKind;
  readonly hasSecondLevel: boolean;
  readonly limits?: StateLimits;
}

/** What to revoke, and the status that the subject has then. */
export type Change = readonly [subject: Subject, status: string];

export class SimulatedNode {
  readonly kind: NodeKind;
  readonly leaseMs: number;
  readonly log: RevocationLog;
  readonly bell: Doorbell;
  readonly source: TokenVersionSource;
  readonly state: RevocationState;
  readonly readForService: TokenVersionSource['read'];
  private readonly member: RevocationMember;
  private readonly versions: TokenVersions;
  private readonly revoker: Revoker;

  constructor(
    private readonly world: World,
    readonly machine: Machine,
    readonly traits: NodeTraits,
  ) {
    const { parts } = world;
    const { kind, leaseMs } = traits;
    const clock = parts.clock(machine);
    this.kind = kind;
    this.leaseMs = leaseMs;
    this.log = new DatabaseLog(world, machine);
    this.bell = new ChannelDoorbell(world, machine, traits.bell);
    const isServer = kind === 'server';
    this.source = parts.source(
      isServer ? new DatabaseSource(world, machine) : new ServedSource(world, machine),
      world,
    );
    this.state = parts.state(clock, traits.limits ?? {});
    this.state.listen({
      applied: ({ subject, version }) => world.checker.hasApplied(machine.name, subject, version),
      missed: () => world.trace(() => `${machine.name} starts over at ${this.state.applied}`),
    });
    this.member = parts.member({
      node: machine.name,
      kind,
      leaseMs,
      feed: parts.feed(isServer ? this.log : new ServedFeed(world, machine)),
      bell: parts.memberBell(this.bell, clock, machine.name),
      state: this.state,
      clock,
    });
    const secondLevel = traits.hasSecondLevel ? new RedisSecondLevel(world, machine) : null;
    const lookup = parts.lookup(this.state, this.source, secondLevel, clock);
    this.versions = parts.versions(this.state, lookup, clock);
    const log = parts.revokersLog(this.log);
    this.revoker = parts.revoker(log, this.bell, clock, leaseMs);
    this.readForService = parts.readForService(this);
  }

  get name(): string {
    return this.machine.name;
  }

  start(): void {
    this.machine.deliver(() => void this.member.start());
  }

  /** Shuts down as it should; the process is gone after that. */
  leave(): void {
    this.world.trace(() => `${this.name} leaves`);
    this.machine.deliver(() => {
      void this.member.leave().then(() => {
        this.machine.crash();
        this.world.nodes.delete(this);
      });
    });
  }

  crash(): void {
    this.world.trace(() => `${this.name} crashes`);
    this.machine.crash();
    this.bell.close();
    this.world.nodes.delete(this);
  }

  /** A request comes with a token that names these versions. @returns through `then`, when decided. */
  ask(
    token: readonly NamedVersion[],
    then: (fromMemory: boolean, decision: Decision) => void = () => {},
  ): void {
    this.machine.deliverQuietly(() => {
      const { checker, scheduler } = this.world;
      const arrival = checker.arrived(this.name, token);
      const longestLeaseMs =
        this.kind === 'server' ? this.leaseMs : Math.max(...this.world.leasesEver);
      const decide = (decision: Decision, fromMemory: boolean): void => {
        checker.decided(arrival, decision, { fromMemory, longestLeaseMs });
        then(fromMemory, decision);
      };
      const verdict = this.versions.check(new ListedSubjects(token));
      if (!(verdict instanceof Promise)) decide(verdict, true);
      else {
        scheduler.mustDrain = true;
        verdict.then(
          (known) => decide(known, false),
          () => decide('unavailable', false),
        );
      }
    });
  }

  /** @param then told which changes succeeded, when the revoke answers. */
  revoke(changes: readonly Change[], then: (done: readonly Subject[]) => void = () => {}): void {
    this.machine.deliver(() => {
      this.world.trace(
        () => `${this.name} revokes ${changes.map(([subject]) => subject).join(' ')}`,
      );
      void this.revoker
        .revoke(changes.map((change) => this.toChange(change)))
        .then(({ results }) => {
          const done = changes.flatMap(([subject], i) => {
            const result = results[i];
            if (result?.status !== 'fulfilled') {
              this.world.trace(() => `revoke of ${subject} has failed: ${String(result?.reason)}`);
              return [];
            }
            this.world.checker.revoked(subject, result.value.version);
            return [subject];
          });
          then(done);
        });
    });
  }

  private toChange([subject, status]: Change): RevokingChange<SubjectVersion> {
    const { world, machine } = this;
    let isFirst = true;
    return {
      subject,
      readVersion: async () => {
        const known = isFirst ? this.state.find(subject) : undefined;
        isFirst = false;
        const row = known ?? (await this.source.read(subject));
        if (row === null) throw new Error('not found');
        return row.version;
      },
      commit: (condition) =>
        callDatabase(world, machine, `commit ${subject}`, () =>
          world.database.commit(subject, status, condition),
        ),
    };
  }
}
