import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteApplicationsStore } from '../../src/applications/applications.store.sqlite.js';
import { SqliteAuditStore } from '../../src/audit/audit.store.sqlite.js';
import { SqliteDatabase } from '../../src/storage/sqlite/database.js';
import { FileKeysStore } from '../../src/tokens/keys/keys.store.file.js';
import { SqliteIssuerVersionStore } from '../../src/tokens/revocation/issuer-version.store.sqlite.js';
import { SqliteRevocationLog } from '../../src/tokens/revocation/log/revocation-log.sqlite.js';
import { SqliteSessionsStore } from '../../src/tokens/sessions/sessions.store.sqlite.js';
import { SqliteUsersStore } from '../../src/users/users.store.sqlite.js';
import type { CleanUps, Stores } from './stores.js';

/** A file in a folder of its own. */
export async function openSqlite(cleanUps: CleanUps): Promise<Stores> {
  const folder = await mkdtemp(join(tmpdir(), 'portcullis-stores-'));
  cleanUps.push(() => rm(folder, { recursive: true, force: true }));
  const database = new SqliteDatabase(folder);
  cleanUps.push(() => database.close());

  // One for the process, as it keeps a part in memory.
  const revocationLog = new SqliteRevocationLog(database);
  const stores = (): Stores => ({
    users: new SqliteUsersStore(database),
    sessions: new SqliteSessionsStore(database),
    applications: new SqliteApplicationsStore(database),
    audit: new SqliteAuditStore(database),
    issuerVersion: new SqliteIssuerVersionStore(database),
    keys: new FileKeysStore(folder),
    revocationLog,
    otherNode: async () => stores(),
  });
  return stores();
}
