import { isSubject, type Subject, type SubjectVersion } from '../revocation/subject.js';
import { TokenVersionSource } from '../revocation/token-version-source.js';
import type { IssuerClient } from './issuer-client.js';

interface Waiting {
  readonly resolve: (version: SubjectVersion | null) => void;
  readonly reject: (error: unknown) => void;
}

type Batch = Map<Subject, Waiting[]>;

/** As many as the server takes in one request, and each once. */
const maxSubjects = 100;

/** The server's database, asked over HTTP. What is asked in the same moment goes in one request. */
export class RemoteTokenVersionSource extends TokenVersionSource {
  private batch: Batch = new Map();

  constructor(private readonly client: IssuerClient) {
    super();
  }

  override read(subject: Subject): Promise<SubjectVersion | null> {
    return new Promise((resolve, reject) => {
      const { batch } = this;
      if (batch.size === 0) queueMicrotask(() => this.send(batch));
      const waiting = batch.get(subject);
      if (waiting) waiting.push({ resolve, reject });
      else batch.set(subject, [{ resolve, reject }]);
      if (batch.size >= maxSubjects) this.send(batch);
    });
  }

  /** At the latest when whoever asked has come to an end; earlier when it is full. */
  private send(batch: Batch): void {
    if (batch !== this.batch) return;
    this.batch = new Map();
    void this.ask(batch);
  }

  private async ask(batch: Batch): Promise<void> {
    try {
      const answer = await this.client.postJson('/oauth/token-versions', {
        subjects: [...batch.keys()],
      });
      const records = readRecords(answer);
      for (const [subject, waiting] of batch) {
        for (const { resolve } of waiting) resolve(records.get(subject) ?? null);
      }
    } catch (error) {
      for (const { reject } of [...batch.values()].flat()) reject(error);
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
