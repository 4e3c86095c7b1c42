/** What the checks of a node ask: a source that answers when a test says so, and a second level. */
import {
  TokenVersionSource,
  type CheckedToken,
  type SecondLevel,
  type StoredVersion,
  type Subject,
  type SubjectVersion,
} from '@portcullis/auth';
import { ListedSubjects } from './listed-subjects.js';

export const active = (version: number): SubjectVersion => ({ version, status: 'active' });

/** A token that names these; the others of its subjects never change. */
export const tokenNaming = (
  versions: Partial<Record<Subject, number>>,
  session_exp = 4_102_444_800,
): CheckedToken => {
  const listed = new ListedSubjects(Object.entries(versions) as [Subject, number][]);
  return Object.assign(listed, { claims: { session_exp } }) as never;
};

interface HeldRead {
  readonly subject: Subject;
  /** With what was true when the read began, or another answer. */
  answer(version?: SubjectVersion | null): void;
  fail(error: Error): void;
}

export class FakeSource extends TokenVersionSource {
  readonly versions = new Map<Subject, SubjectVersion>();
  readonly reads: Subject[] = [];
  /** Reads that wait, while it is slow, in the order in which they began. */
  readonly held: HeldRead[] = [];
  isSlow = false;
  isDown = false;

  override read(subject: Subject): Promise<SubjectVersion | null> {
    this.reads.push(subject);
    if (this.isDown) return Promise.reject(new Error('the source is down'));
    const now = this.versions.get(subject) ?? null;
    if (!this.isSlow) return Promise.resolve(now);
    return new Promise((resolve, reject) => {
      this.held.push({
        subject,
        answer: (version = now) => resolve(version),
        fail: reject,
      });
    });
  }
}

export class FakeSecondLevel implements SecondLevel {
  readonly stored = new Map<string, StoredVersion>();
  readonly asked: string[] = [];
  /** Held back while it is set. */
  gate: Promise<void> | null = null;

  async get(log: string, subject: Subject): Promise<StoredVersion | null> {
    this.asked.push(`${log}:${subject}`);
    const found = this.stored.get(`${log}:${subject}`) ?? null;
    await this.gate;
    return found;
  }

  set(log: string, subject: Subject, version: StoredVersion): void {
    this.stored.set(`${log}:${subject}`, version);
  }
}
