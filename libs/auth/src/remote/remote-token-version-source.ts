import { isSubject, type Subject, type SubjectVersion } from '../revocation/subject.js';
import { TokenVersionSource } from '../revocation/token-version-source.js';
import type { IssuerClient } from './issuer-client.js';

interface Waiting {
  readonly resolve: (version: SubjectVersion | null) => void;
  readonly reject: (error: unknown) => void;
}

/** As many as the server takes in one request, and each once. */
const maxSubjects = 100;
/** More at once would only wait there for each other: what comes then goes in the next one together. */
const maxRequests = 4;

/** The server's database, asked over HTTP. What is asked in the same moment goes in one request. */
export class RemoteTokenVersionSource extends TokenVersionSource {
  private readonly unsent = new Map<Subject, Waiting[]>();
  private underWay = 0;

  constructor(private readonly client: IssuerClient) {
    super();
  }

  override read(subject: Subject): Promise<SubjectVersion | null> {
    return new Promise((resolve, reject) => {
      // At the latest when whoever asks has come to an end; earlier when a request is full.
      if (this.unsent.size === 0) queueMicrotask(() => this.send());
      const waiting = this.unsent.get(subject);
      if (waiting) waiting.push({ resolve, reject });
      else this.unsent.set(subject, [{ resolve, reject }]);
      if (this.unsent.size >= maxSubjects) this.send();
    });
  }

  private send(): void {
    while (this.unsent.size > 0 && this.underWay < maxRequests) {
      const batch = [...this.unsent].slice(0, maxSubjects);
      for (const [subject] of batch) this.unsent.delete(subject);
      this.underWay += 1;
      void this.ask(batch).finally(() => {
        this.underWay -= 1;
        this.send();
      });
    }
  }

  private async ask(batch: readonly (readonly [Subject, readonly Waiting[]])[]): Promise<void> {
    try {
      const answer = await this.client.postJson('/oauth/token-versions', {
        subjects: batch.map(([subject]) => subject),
      });
      const records = readRecords(answer);
      for (const [subject, waiting] of batch) {
        for (const { resolve } of waiting) resolve(records.get(subject) ?? null);
      }
    } catch (error) {
      for (const [, waiting] of batch) for (const { reject } of waiting) reject(error);
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
