import { Module } from '@nestjs/common';
import { provideStore } from '../storage/database.js';
import { ApplicationPolicies } from './application-policies.js';
import { ApplicationsService } from './applications.service.js';
import { ApplicationsStore } from './applications.store.js';
import { MongoApplicationsStore } from './applications.store.mongo.js';
import { SqliteApplicationsStore } from './applications.store.sqlite.js';

/** The programs that users sign in to, and the services that check their tokens. */
@Module({
  providers: [
    ApplicationsService,
    ApplicationPolicies,
    provideStore(ApplicationsStore, {
      mongo: MongoApplicationsStore,
      sqlite: SqliteApplicationsStore,
    }),
  ],
  exports: [ApplicationsService, ApplicationPolicies],
})
export class ApplicationsModule {}
