import { Module } from '@nestjs/common';
import { Doorbell, RevocationLog, RevocationNode } from '@portcullis/auth';
import { ApplicationsModule } from '../applications/applications.module.js';
import { Environment } from '../config/environment.js';
import { Database, provideStore } from '../storage/database.js';
import { UsersModule } from '../users/users.module.js';
import { AccessTokenMinter } from './issuer/access-token.minter.js';
import { KeysService } from './keys/keys.service.js';
import { KeysStore } from './keys/keys.store.js';
import { FileKeysStore } from './keys/keys.store.file.js';
import { MongoKeysStore } from './keys/keys.store.mongo.js';
import { IssuerVersionService } from './revocation/issuer-version.service.js';
import { IssuerVersionStore } from './revocation/issuer-version.store.js';
import { MongoIssuerVersionStore } from './revocation/issuer-version.store.mongo.js';
import { SqliteIssuerVersionStore } from './revocation/issuer-version.store.sqlite.js';
import { MongoRevocationLog } from './revocation/log/revocation-log.mongo.js';
import { SqliteRevocationLog } from './revocation/log/revocation-log.sqlite.js';
import { NodesService } from './revocation/nodes.service.js';
import { RevocationService } from './revocation/revocation.service.js';
import { SessionEnder } from './revocation/session-ender.js';
import { revocationProviders } from './revocation/revocation.providers.js';
import { SubjectVersions } from './revocation/subject-versions.js';
import { WideSessionEnder } from './revocation/wide-session-ender.js';
import { SessionActivity } from './sessions/session-activity.js';
import { SessionsService } from './sessions/sessions.service.js';
import { SessionsStore } from './sessions/sessions.store.js';
import { MongoSessionsStore } from './sessions/sessions.store.mongo.js';
import { SqliteSessionsStore } from './sessions/sessions.store.sqlite.js';

/** Mints tokens and ends them. */
@Module({
  imports: [UsersModule, ApplicationsModule],
  providers: [
    {
      provide: KeysStore,
      inject: [Database, Environment],
      useFactory: (database: Database, environment: Environment) =>
        database.mongo
          ? new MongoKeysStore(database.mongo, environment.keysSecret)
          : new FileKeysStore(environment.dataDir),
    },
    provideStore(SessionsStore, { mongo: MongoSessionsStore, sqlite: SqliteSessionsStore }),
    provideStore(IssuerVersionStore, {
      mongo: MongoIssuerVersionStore,
      sqlite: SqliteIssuerVersionStore,
    }),
    provideStore(RevocationLog, { mongo: MongoRevocationLog, sqlite: SqliteRevocationLog }),
    KeysService,
    SessionActivity,
    SessionsService,
    IssuerVersionService,
    SubjectVersions,
    ...revocationProviders,
    RevocationService,
    NodesService,
    SessionEnder,
    WideSessionEnder,
    AccessTokenMinter,
  ],
  exports: [
    KeysService,
    SessionsService,
    IssuerVersionService,
    SubjectVersions,
    RevocationNode,
    RevocationLog,
    Doorbell,
    NodesService,
    RevocationService,
    SessionEnder,
    WideSessionEnder,
    AccessTokenMinter,
  ],
})
export class TokensModule {}
