import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { UsersModule } from '../users/users.module.js';
import { AdminApplicationsController } from './applications/admin-applications.controller.js';
import { AdminApplicationsService } from './applications/admin-applications.service.js';
import { AdminAuditController } from './audit/admin-audit.controller.js';
import { CsvExport } from './csv/csv-export.js';
import { AdminEventsController } from './events/admin-events.controller.js';
import { AuditFeed } from './events/audit-feed.js';
import { AdminKeysController } from './keys/admin-keys.controller.js';
import { AdminKeysService } from './keys/admin-keys.service.js';
import { OperatorLog } from './operator-log.js';
import { AdminOverviewController } from './overview/admin-overview.controller.js';
import { AdminOverviewService } from './overview/admin-overview.service.js';
import { OverviewHistory } from './overview/overview-history.js';
import { AdminRevocationsController } from './revocations/admin-revocations.controller.js';
import { AdminRevocationsService } from './revocations/admin-revocations.service.js';
import { AdminSessionsController } from './sessions/admin-sessions.controller.js';
import { AdminSessionsBulkService } from './sessions/admin-sessions-bulk.service.js';
import { AdminSessionsService } from './sessions/admin-sessions.service.js';
import { AdminUserAccessController } from './users/admin-user-access.controller.js';
import { AdminUserAccessService } from './users/admin-user-access.service.js';
import { AdminUsersBulkService } from './users/admin-users-bulk.service.js';
import { AdminUsersController } from './users/admin-users.controller.js';
import { AdminUsersService } from './users/admin-users.service.js';
import { BulkPreview } from './users/bulk-preview.js';
import { UserChanges } from './users/user-changes.js';

const services = [
  AdminUsersService,
  AdminUserAccessService,
  AdminUsersBulkService,
  AdminSessionsService,
  AdminSessionsBulkService,
  AdminApplicationsService,
  AdminKeysService,
  AdminRevocationsService,
  AdminOverviewService,
];

/** Lets operators act. The services know nothing of HTTP: the command line calls the same. */
@Module({
  imports: [UsersModule, ApplicationsModule, TokensModule],
  controllers: [
    AdminUsersController,
    AdminUserAccessController,
    AdminSessionsController,
    AdminApplicationsController,
    AdminKeysController,
    AdminRevocationsController,
    AdminAuditController,
    AdminOverviewController,
    AdminEventsController,
  ],
  providers: [
    ...services,
    UserChanges,
    BulkPreview,
    OverviewHistory,
    OperatorLog,
    CsvExport,
    AuditFeed,
  ],
  exports: services,
})
export class AdminModule {}
