// Sabotages of how a request is decided.
import { MemberTokenVersions } from '../../../libs/auth/src/revocation/check/member-token-versions.js';
import {
  SubjectLookup,
  type Found,
} from '../../../libs/auth/src/revocation/check/subject-lookup.js';
import {
  TokenVersions,
  type TokenVerdict,
} from '../../../libs/auth/src/revocation/check/token-versions.js';
import type { NodeClock } from '../../../libs/auth/src/revocation/node.clock.js';
import type { RevocationState } from '../../../libs/auth/src/revocation/state/revocation-state.js';
import type {
  NamedSubjects,
  Subject,
  SubjectVersion,
} from '../../../libs/auth/src/revocation/subject.js';
import { TokenVersionSource } from '../../../libs/auth/src/revocation/token-version-source.js';
import type { World } from '../world/world.js';

/** Joins any read that is under way, and takes its answer for its own. */
export class JoinsAnyRead extends SubjectLookup {
  private readonly under = new Map<Subject, Promise<Found>>();

  override read(subject: Subject, arrival: number): Promise<Found> {
    const known = this.under.get(subject);
    if (known !== undefined) return known;
    const answer = super
      .read(subject, arrival)
      .then((found) => ({ ...found, begun: Infinity }))
      .finally(() => this.under.delete(subject));
    this.under.set(subject, answer);
    return answer;
  }
}

/** Takes the entries, waits for something, and decides by them. */
export class WaitsBeforeDeciding extends TokenVersions {
  private readonly sound: MemberTokenVersions;

  constructor(
    private readonly state: RevocationState,
    lookup: SubjectLookup,
    private readonly clock: NodeClock,
  ) {
    super();
    this.sound = new MemberTokenVersions(state, lookup);
  }

  override async check(token: NamedSubjects): Promise<TokenVerdict> {
    const records = token.subjects.map(([subject]) => this.state.find(subject));
    await new Promise<void>((resolve) => this.clock.after(20, resolve));
    const isCurrent = token.subjects.every(
      ([, version], i) => records[i]?.version === version && records[i].status === 'active',
    );
    return isCurrent && this.state.isTrusted() ? 'current' : this.sound.check(token);
  }
}

/** Answers what was true up to two seconds ago, as a deposed primary does. */
export class DeposedPrimary extends TokenVersionSource {
  constructor(
    private readonly source: TokenVersionSource,
    private readonly world: World,
  ) {
    super();
  }

  override async read(subject: Subject): Promise<SubjectVersion | null> {
    const found = await this.source.read(subject);
    const { scheduler, database } = this.world;
    const since = scheduler.now - 2_000;
    const missed = database.commits.find((one) => one.subject === subject && one.at > since);
    return missed ? { version: missed.version - 1, status: 'active' } : found;
  }
}
