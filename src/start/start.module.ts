import { Module } from '@nestjs/common';
import { UsersModule } from '../users/users.module.js';
import { FirstAdministrator } from './first-administrator.js';
import { StartController } from './start.controller.js';

/** What a new server does and shows first. */
@Module({
  imports: [UsersModule],
  controllers: [StartController],
  providers: [FirstAdministrator],
  exports: [FirstAdministrator],
})
export class StartModule {}
