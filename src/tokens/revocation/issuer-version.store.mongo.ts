import type { Model } from 'mongoose';
import type { MongoConnection } from '../../storage/mongo/connection.js';
import { createIndexes, defineModel } from '../../storage/mongo/define-model.js';
import { asRevoke } from '../../storage/mongo/guard-version.js';
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

  override async commit(version: number): Promise<boolean> {
    if (version === firstVersion && (await this.insert(version + 1))) return true;
    const update = { $inc: { version: 1 } };
    const raised = await guarded(() =>
      asRevoke(this.issuers.findOneAndUpdate({ _id: documentId, version }, update).lean()),
    );
    return raised !== null;
  }

  /** False when the document is there: somebody has raised the version before. */
  private insert(version: number): Promise<boolean> {
    return unlessTaken(async () => {
      await this.issuers.create({ _id: documentId, version });
      return true;
    }, false);
  }
}
