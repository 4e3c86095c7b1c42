import { isSubject, type Subject, type SubjectVersion } from '../revocation/subject.js';
import { TokenVersionSource } from '../revocation/token-version-source.js';
import type { IssuerClient } from './issuer-client.js';

interface Waiting {
  readonly subject: Subject;
  readonly resolve: (version: SubjectVersion | null) => void;
  readonly reject: (error: unknown) => void;
}

/** As many as the server takes in one request. */
const maxSubjects = 100;

/** The server's database, asked over HTTP. What is asked in the same moment goes in one request. */
export class RemoteTokenVersionSource extends TokenVersionSource {
  private waiting: Waiting[] = [];

  constructor(private readonly client: IssuerClient) {
    super();
  }

  override read(subject: Subject): Promise<SubjectVersion | null> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ subject, resolve, reject });
      if (this.waiting.length === 1) queueMicrotask(() => this.askWaiting());
      if (this.waiting.length >= maxSubjects) this.askWaiting();
    });
  }

  private askWaiting(): void {
    const batch = this.waiting;
    this.waiting = [];
    if (batch.length > 0) void this.ask(batch);
  }

  private async ask(batch: readonly Waiting[]): Promise<void> {
    try {
      const subjects = batch.map(({ subject }) => subject);
      const answer = await this.client.postJson('/oauth/token-versions', { subjects });
      const records = readRecords(answer);
      for (const { subject, resolve } of batch) resolve(records.get(subject) ?? null);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}

/** @throws Error for anything that is not of the form: a record that is lost would refuse its subject. */
function readRecords({ records }: Record<string, unknown>): Map<Subject, SubjectVersion> {
  if (typeof records !== 'object' || records === null) throw new Error('the answer has no records');
  return new Map(
    Object.entries(records).map(([subject, value]) => {
      const { version, status } = (value ?? {}) as Partial<SubjectVersion>;
      if (!isSubject(subject) || !Number.isSafeInteger(version) || typeof status !== 'string') {
        throw new Error('a record of the answer is not of the expected form');
      }
      return [subject, { version, status } as SubjectVersion];
    }),
  );
}
