import type { CommitCondition } from '@portcullis/auth';
import type { Model } from 'mongoose';
import type { MongoConnection } from '../storage/mongo/connection.js';
import { createIndexes, defineModel, part, type Fields } from '../storage/mongo/define-model.js';
import { asRevoke } from '../storage/mongo/guard-version.js';
import { inTime } from '../storage/mongo/in-time.js';
import { guarded } from '../storage/mongo/mongo-errors.js';
import { readNow } from '../storage/mongo/read-now.js';
import type { Application, SessionPolicy } from './application.js';
import { ApplicationsStore, type ApplicationChange } from './applications.store.js';

interface ApplicationRow extends Omit<Application, 'id'> {
  readonly _id: string;
  readonly secretHash: string;
}

const policy = part<SessionPolicy>({
  accessTokenTtl: Number,
  refreshAfter: Number,
  sessionTtl: Number,
  warnBefore: Number,
});

const fields: Fields<ApplicationRow> = {
  _id: String,
  name: String,
  audience: String,
  allowedOrigins: [String],
  policy,
  resourceServer: Boolean,
  enabled: Boolean,
  version: Number,
  createdAt: Date,
  updatedAt: Date,
  // Left out of every read that does not ask for it.
  secretHash: { type: String, select: false },
};

/** Applications in MongoDB, for several nodes. */
export class MongoApplicationsStore extends ApplicationsStore {
  private readonly applications: Model<ApplicationRow>;

  constructor(connection: MongoConnection) {
    super();
    this.applications = defineModel(connection, fields, {
      name: 'applications',
      version: 'version',
    });
  }

  /** Found and sorted by `_id` alone. */
  ensureIndexes(): Promise<void> {
    return createIndexes(this.applications, []);
  }

  override async insert({ id, ...application }: Application, secretHash: string): Promise<void> {
    await guarded(() => this.applications.create({ _id: id, ...application, secretHash }));
  }

  override async list(): Promise<readonly Application[]> {
    const rows = await guarded(() =>
      this.applications.find().sort({ _id: 1 }).lean<ApplicationRow[]>(),
    );
    return rows.map(toApplication);
  }

  override async findById(id: string): Promise<Application | null> {
    const row = await guarded(() => this.applications.findById(id).lean<ApplicationRow>());
    return row && toApplication(row);
  }

  override async findSecretHash(id: string): Promise<string | null> {
    const row = await guarded(() =>
      this.applications.findById(id).select('+secretHash').lean<ApplicationRow>(),
    );
    return row?.secretHash ?? null;
  }

  override async readVersion(id: string): Promise<{ version: number; enabled: boolean } | null> {
    const row = await readNow(this.applications, id, ['version', 'enabled']);
    return row && { version: row.version, enabled: row.enabled };
  }

  override async update(
    id: string,
    change: ApplicationChange,
    at: Date,
  ): Promise<Application | null> {
    const update = { $set: { ...changedFields(change), updatedAt: at } };
    const filter = { _id: id, ...from(change) };
    const row = await guarded(() =>
      this.applications.findOneAndUpdate(filter, update, after).lean<ApplicationRow>(),
    );
    return row && toApplication(row);
  }

  override async commit(
    id: string,
    { version, notAfter }: CommitCondition,
    change: ApplicationChange,
    at: Date,
  ): Promise<Application | null> {
    const update = { $inc: { version: 1 }, $set: { ...changedFields(change), updatedAt: at } };
    const filter = { _id: id, version, ...from(change), ...inTime(notAfter) };
    const row = await guarded(() =>
      asRevoke(this.applications.findOneAndUpdate(filter, update, after).lean<ApplicationRow>()),
    );
    return row && toApplication(row);
  }

  override async remove(id: string, { version, notAfter }: CommitCondition): Promise<boolean> {
    const filter = { _id: id, version, ...inTime(notAfter) };
    const removed = await guarded(() => this.applications.findOneAndDelete(filter).lean());
    return removed !== null;
  }
}

const after = { returnDocument: 'after' } as const;

const changedFields = ({ policy: changed, ...others }: ApplicationChange): object => ({
  ...others,
  ...(changed && { policy: changed.to }),
});

/** Field by field: two equal documents whose fields are in another order differ to a database. */
const from = ({ policy: changed }: ApplicationChange): Record<string, number> =>
  Object.fromEntries(
    Object.entries(changed?.from ?? {}).map(([name, value]) => [`policy.${name}`, value as number]),
  );

function toApplication(row: ApplicationRow): Application {
  return {
    id: row._id,
    name: row.name,
    audience: row.audience,
    allowedOrigins: row.allowedOrigins,
    policy: row.policy,
    resourceServer: row.resourceServer,
    enabled: row.enabled,
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}
