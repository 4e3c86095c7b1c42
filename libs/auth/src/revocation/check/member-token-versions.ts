import type { RevocationState } from '../state/revocation-state.js';
import type { NamedSubjects, NamedVersion, Subject, SubjectVersion } from '../subject.js';
import type { Found, SubjectLookup } from './subject-lookup.js';
import { refusalOf, TokenVersions, type TokenVerdict } from './token-versions.js';

type Findings = ReadonlyMap<Subject, Found>;

/**
 * The guard's question, answered from memory: five entries and two clocks, no promise. What is missing
 * there is looked up; after any wait everything is decided anew, in one step, because a process can be
 * stopped anywhere and a check is worth only what came after it.
 */
export class MemberTokenVersions extends TokenVersions {
  /** @param usesMemory false: every check reads the source (`REVOCATION_CACHE=off`). */
  constructor(
    private readonly state: RevocationState,
    private readonly lookup: SubjectLookup,
    private readonly usesMemory = true,
  ) {
    super();
  }

  override check(token: NamedSubjects): TokenVerdict | Promise<TokenVerdict> {
    if (this.usesMemory) {
      const verdict = this.decideFromMemory(token);
      if (verdict !== undefined) return verdict;
    }
    return this.checkByReading(token.subjects);
  }

  /** The entries first, the lease last: whatever stopped us in between, the lease was alive after it. */
  protected decideFromMemory(token: NamedSubjects): TokenVerdict | undefined {
    let verdict: TokenVerdict = 'current';
    for (let index = 0; ; index++) {
      const subject = token.subjectAt(index);
      const named = token.versionAt(index);
      if (subject === undefined || named === undefined) break;
      const standing = this.state.standing(subject);
      if (standing === named) continue;
      // Unknown, not active at just this version, or older than the token: that is to be read.
      if (Math.abs(standing) <= named) return undefined;
      if (verdict === 'current') verdict = refusalOf(subject);
    }
    return this.state.isTrusted() ? verdict : undefined;
  }

  private async checkByReading(subjects: readonly NamedVersion[]): Promise<TokenVerdict> {
    const arrival = this.lookup.arrival();
    const found = new Map<Subject, Found>();
    if (this.usesMemory && this.state.isTrusted()) {
      await forEach(subjects, async ([subject, named]) => {
        const record = this.state.find(subject);
        if (record !== undefined && isEnough(record, named)) return;
        found.set(subject, await this.lookup.share(subject, named));
      });
      const verdict = this.decide(subjects, found, arrival);
      if (verdict !== undefined) return verdict;
    }
    await forEach(subjects, async ([subject]) => {
      if (isOwn(found.get(subject), arrival)) return;
      found.set(subject, await this.lookup.read(subject, arrival));
    });
    const verdict = this.decide(subjects, found, arrival);
    if (verdict === undefined) throw new Error('a verdict was not reached by own reads');
    return verdict;
  }

  /**
   * One step. A read of this request's own stands by itself; whatever else it takes must be usable now,
   * and the lease alive after that. Undefined when that is not enough.
   */
  protected decide(
    subjects: readonly NamedVersion[],
    found: Findings,
    arrival: number,
  ): TokenVerdict | undefined {
    let verdict: TokenVerdict = 'current';
    let needsLease = false;
    for (const [subject, named] of subjects) {
      const finding = found.get(subject);
      let record: SubjectVersion | null | undefined;
      if (isOwn(finding, arrival)) record = finding.record;
      else {
        record = this.state.find(subject) ?? this.usable(subject, finding);
        if (record === undefined || !isEnough(record, named)) return undefined;
        needsLease = true;
      }
      const holds = record?.version === named && record.status === 'active';
      if (!holds && verdict === 'current') verdict = refusalOf(subject);
    }
    return needsLease && !this.state.isTrusted() ? undefined : verdict;
  }

  private usable(subject: Subject, finding: Found | undefined): SubjectVersion | undefined {
    if (!finding?.record) return undefined;
    const { record, number } = finding;
    return this.state.isUsable(subject, record.version, number) ? record : undefined;
  }
}

/** Enough to decide by, for whoever did not read it himself: it refuses, or it says just this version. */
function isEnough(record: SubjectVersion, named: number): boolean {
  return record.version > named || (record.version === named && record.status === 'active');
}

function isOwn(finding: Found | undefined, arrival: number): finding is Found {
  return finding !== undefined && finding.begun > arrival;
}

async function forEach(
  subjects: readonly NamedVersion[],
  work: (named: NamedVersion) => Promise<void>,
): Promise<void> {
  await Promise.all(subjects.map(work));
}
