import { Global, Module } from '@nestjs/common';
import { provideStore } from '../storage/database.js';
import { AuditService } from './audit.service.js';
import { AuditStore } from './audit.store.js';
import { MongoAuditStore } from './audit.store.mongo.js';
import { SqliteAuditStore } from './audit.store.sqlite.js';

/** The audit log, for every feature that does something worth a line. */
@Global()
@Module({
  providers: [
    AuditService,
    provideStore(AuditStore, { mongo: MongoAuditStore, sqlite: SqliteAuditStore }),
  ],
  exports: [AuditService],
})
export class AuditModule {}
