import { Module } from '@nestjs/common';
import { provideStore } from '../storage/database.js';
import { PasswordHasher } from './password-hasher.js';
import { PasswordPolicy } from './password-policy.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';
import { UsersStore } from './users.store.js';
import { MongoUsersStore } from './users.store.mongo.js';
import { SqliteUsersStore } from './users.store.sqlite.js';

/** Who there is. */
@Module({
  controllers: [UsersController],
  providers: [
    UsersService,
    PasswordPolicy,
    { provide: PasswordHasher, useFactory: () => new PasswordHasher() },
    provideStore(UsersStore, { mongo: MongoUsersStore, sqlite: SqliteUsersStore }),
  ],
  exports: [UsersService],
})
export class UsersModule {}
