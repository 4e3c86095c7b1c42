import type { CommitCondition } from '@portcullis/auth';
import type { SqliteDatabase } from '../storage/sqlite/database.js';
import { inTime } from '../storage/sqlite/in-time.js';
import type { SqliteRow, SqliteValue } from '../storage/sqlite/row.js';
import { assignments, insertInto, Where, type Columns } from '../storage/sqlite/sql.js';
import type { Application, SessionPolicy } from './application.js';
import { ApplicationsStore, type ApplicationChange } from './applications.store.js';

/** Applications in the embedded database. */
export class SqliteApplicationsStore extends ApplicationsStore {
  constructor(private readonly database: SqliteDatabase) {
    super();
  }

  override async insert(
    { policy, ...application }: Application,
    secretHash: string,
  ): Promise<void> {
    const { text, values } = insertInto('applications', {
      id: application.id,
      ...changedColumns({ ...application, secretHash }),
      ...policyColumns(policy),
      version: application.version,
      created_at: application.createdAt,
      updated_at: application.updatedAt,
    });
    this.database.run(text, ...values);
  }

  override async list(): Promise<readonly Application[]> {
    return this.database.all(`SELECT ${columns} FROM applications ORDER BY id`).map(toApplication);
  }

  override async findById(id: string): Promise<Application | null> {
    const row = this.database.first(`SELECT ${columns} FROM applications WHERE id = ?`, id);
    return row && toApplication(row);
  }

  override async findSecretHash(id: string): Promise<string | null> {
    const row = this.database.first('SELECT secret_hash FROM applications WHERE id = ?', id);
    return row?.text('secret_hash') ?? null;
  }

  override async readVersion(id: string): Promise<{ version: number; enabled: boolean } | null> {
    const row = this.database.first('SELECT version, enabled FROM applications WHERE id = ?', id);
    return row && { version: row.number('version'), enabled: row.boolean('enabled') };
  }

  override async update(
    id: string,
    change: ApplicationChange,
    at: Date,
  ): Promise<Application | null> {
    const { text, values } = assignments({ ...changedColumns(change), updated_at: at });
    const where = andFrom(new Where().and('id = ?', id), change);
    return this.updateOne(text + where.text, ...values, ...where.values);
  }

  override async commit(
    id: string,
    { version, notAfter }: CommitCondition,
    change: ApplicationChange,
    at: Date,
  ): Promise<Application | null> {
    const { text, values } = assignments({ ...changedColumns(change), updated_at: at });
    const still = new Where().and('id = ?', id).and('version = ?', version).and(inTime, notAfter);
    const where = andFrom(still, change);
    const raised = `version = version + 1, ${text}${where.text}`;
    return this.updateOne(raised, ...values, ...where.values);
  }

  override async remove(id: string, { version, notAfter }: CommitCondition): Promise<boolean> {
    const text = `DELETE FROM applications WHERE id = ? AND version = ? AND ${inTime}`;
    return this.database.run(text, id, version, notAfter) > 0;
  }

  private updateOne(text: string, ...values: readonly SqliteValue[]): Application | null {
    const update = `UPDATE applications SET ${text} RETURNING ${columns}`;
    const row = this.database.first(update, ...values);
    return row && toApplication(row);
  }
}

/** Without the secret's hash: only what asks for it by name reads it. */
const columns = `id, name, audience, allowed_origins, access_token_ttl, refresh_after, session_ttl,
  warn_before, resource_server, enabled, version, created_at, updated_at`;

const changedColumns = (change: ApplicationChange): Columns => ({
  name: change.name,
  audience: change.audience,
  allowed_origins: change.allowedOrigins && JSON.stringify(change.allowedOrigins),
  ...policyColumns(change.policy?.to),
  resource_server: change.resourceServer,
  enabled: change.enabled,
  secret_hash: change.secretHash,
});

const policyColumns = (policy: SessionPolicy | undefined): Columns => ({
  access_token_ttl: policy?.accessTokenTtl,
  refresh_after: policy?.refreshAfter,
  session_ttl: policy?.sessionTtl,
  warn_before: policy?.warnBefore,
});

/** And that the policy still is the one that the change is from. */
const andFrom = (where: Where, { policy }: ApplicationChange): Where =>
  Object.entries(policyColumns(policy?.from)).reduce(
    (all, [column, value]) => all.andIfSet(`${column} = ?`, value),
    where,
  );

const toApplication = (row: SqliteRow): Application => ({
  id: row.text('id'),
  name: row.text('name'),
  audience: row.text('audience'),
  allowedOrigins: row.texts('allowed_origins'),
  policy: {
    accessTokenTtl: row.number('access_token_ttl'),
    refreshAfter: row.number('refresh_after'),
    sessionTtl: row.number('session_ttl'),
    warnBefore: row.number('warn_before'),
  },
  resourceServer: row.boolean('resource_server'),
  enabled: row.boolean('enabled'),
  version: row.number('version'),
  createdAt: row.date('created_at'),
  updatedAt: row.date('updated_at'),
});
