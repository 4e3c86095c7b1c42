// The database: the truth about every subject, and the time that its primary tells.
import type { CommitCondition } from '../../../libs/auth/src/revocation/revoke/revoker.js';
import type { Subject, SubjectVersion } from '../../../libs/auth/src/revocation/subject.js';
import { epochMs } from '../world/machine.js';
import type { Scheduler } from '../world/scheduler.js';

/** A commit, at its place in the order of everything. */
export interface Commit {
  readonly subject: Subject;
  readonly version: number;
  readonly order: number;
  readonly at: number;
}

export class SimulatedDatabase {
  /** Of whichever member is the primary now; members differ by less than 5 s. */
  clockOffsetMs = 0;
  isDown = false;
  readonly commits: Commit[] = [];
  private readonly rows = new Map<Subject, SubjectVersion>();

  constructor(private readonly scheduler: Scheduler) {}

  now(): number {
    return epochMs + this.scheduler.now + this.clockOffsetMs;
  }

  insert(subject: Subject): void {
    this.rows.set(subject, { version: 1, status: 'active' });
  }

  read(subject: Subject): SubjectVersion | null {
    return this.rows.get(subject) ?? null;
  }

  /** One conditional write. Null when the condition does not hold at the moment of writing. */
  commit(subject: Subject, status: string, condition: CommitCondition): SubjectVersion | null {
    const row = this.rows.get(subject);
    if (row?.version !== condition.version || this.now() >= condition.notAfter.getTime()) {
      return null;
    }
    const changed = { version: row.version + 1, status };
    this.rows.set(subject, changed);
    const { scheduler } = this;
    const { version } = changed;
    this.commits.push({ subject, version, order: scheduler.nextOrder(), at: scheduler.now });
    return changed;
  }
}
