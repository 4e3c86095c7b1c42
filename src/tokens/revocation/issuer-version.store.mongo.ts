import type { CommitCondition } from '@portcullis/auth';
import type { Model } from 'mongoose';
import type { MongoConnection } from '../../storage/mongo/connection.js';
import { createIndexes, defineModel } from '../../storage/mongo/define-model.js';
import { asRevoke } from '../../storage/mongo/guard-version.js';
import { inTime } from '../../storage/mongo/in-time.js';
import { guarded, unlessTaken } from '../../storage/mongo/mongo-errors.js';
import { readNow } from '../../storage/mongo/read-now.js';
import { IssuerVersionStore } from './issuer-version.store.js';

interface IssuerRow {
  readonly _id: string;
  readonly version: number;
}

const documentId = 'everybody';
const firstVersion = 1;

/** The version of everybody in MongoDB, for several nodes: one document, made by the first revoke. */
export class MongoIssuerVersionStore extends IssuerVersionStore {
  private readonly issuers: Model<IssuerRow>;

  constructor(connection: MongoConnection) {
    super();
    const fields = { _id: String, version: Number };
    this.issuers = defineModel<IssuerRow>(connection, fields, {
      name: 'issuers',
      version: 'version',
    });
  }

  /** Found by `_id` alone. */
  ensureIndexes(): Promise<void> {
    return createIndexes(this.issuers, []);
  }

  override async read(): Promise<number> {
    const row = await readNow(this.issuers, documentId, ['version']);
    return row?.version ?? firstVersion;
  }

  override async commit({ version, notAfter }: CommitCondition): Promise<boolean> {
    if (version === firstVersion) await this.insertUnlessThere();
    const filter = { _id: documentId, version, ...inTime(notAfter) };
    const raised = await guarded(() =>
      asRevoke(this.issuers.findOneAndUpdate(filter, { $inc: { version: 1 } }).lean()),
    );
    return raised !== null;
  }

  /** At the version that its absence means: an insert cannot depend on the database's clock. */
  private insertUnlessThere(): Promise<unknown> {
    return unlessTaken(() => this.issuers.create({ _id: documentId, version: firstVersion }), null);
  }
}
