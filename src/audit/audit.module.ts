import { Global, Module } from '@nestjs/common';
import { provideStore } from '../storage/database.js';
import { AuditTail } from './audit-tail.service.js';
import { AuditService } from './audit.service.js';
import { AuditStore } from './audit.store.js';
import { MongoAuditStore } from './audit.store.mongo.js';
import { SqliteAuditStore } from './audit.store.sqlite.js';

/** The audit log, for every feature that does something worth a line. */
@Global()
@Module({
  providers: [
    AuditService,
    AuditTail,
    provideStore(AuditStore, { mongo: MongoAuditStore, sqlite: SqliteAuditStore }),
  ],
  exports: [AuditService, AuditTail],
})
export class AuditModule {}
