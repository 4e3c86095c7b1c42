/** Runs a contract test once on each engine, on a database of its own that is gone afterwards. */
import { afterEach, describe } from '@jest/globals';
import type { RevocationLog } from '@portcullis/auth';
import type { ApplicationsStore } from '../../src/applications/applications.store.js';
import type { AuditStore } from '../../src/audit/audit.store.js';
import type { KeysStore } from '../../src/tokens/keys/keys.store.js';
import type { IssuerVersionStore } from '../../src/tokens/revocation/issuer-version.store.js';
import type { SessionsStore } from '../../src/tokens/sessions/sessions.store.js';
import type { UsersStore } from '../../src/users/users.store.js';
import { describeWithMongo } from './services/describe-with.js';
import { openMongo } from './stores.mongo.js';
import { openSqlite } from './stores.sqlite.js';

export interface Stores {
  readonly users: UsersStore;
  readonly sessions: SessionsStore;
  readonly applications: ApplicationsStore;
  readonly audit: AuditStore;
  readonly issuerVersion: IssuerVersionStore;
  readonly keys: KeysStore;
  readonly revocationLog: RevocationLog;
  /** The stores of another node (or, embedded, of another part of the process): the same data. */
  readonly otherNode: () => Promise<Stores>;
}

/** What is to be done when the test is over, last thing first. */
export type CleanUps = (() => Promise<void> | void)[];

export function describeStores(name: string, body: (open: () => Promise<Stores>) => void): void {
  const run = (openOn: (cleanUps: CleanUps) => Promise<Stores>) => (): void => {
    const cleanUps: CleanUps = [];
    afterEach(async () => {
      for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
    });
    body(() => openOn(cleanUps));
  };
  describe(`${name} on SQLite`, run(openSqlite));
  describeWithMongo(`${name} on MongoDB`, run(openMongo));
}
