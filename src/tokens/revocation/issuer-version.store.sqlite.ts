import type { CommitCondition } from '@portcullis/auth';
import type { SqliteDatabase } from '../../storage/sqlite/database.js';
import { inTime } from '../../storage/sqlite/in-time.js';
import { IssuerVersionStore } from './issuer-version.store.js';

/** The version of everybody in the embedded database: its one row is there from the beginning. */
export class SqliteIssuerVersionStore extends IssuerVersionStore {
  constructor(private readonly database: SqliteDatabase) {
    super();
  }

  override async read(): Promise<number> {
    const row = this.database.first('SELECT version FROM issuer');
    // Never 1 in its place: tokens that were revoked would fit again.
    if (row === null) throw new Error('the row of the issuer is missing');
    return row.number('version');
  }

  override async commit({ version, notAfter }: CommitCondition): Promise<boolean> {
    const text = `UPDATE issuer SET version = version + 1 WHERE version = ? AND ${inTime}`;
    return this.database.run(text, version, notAfter) > 0;
  }
}
