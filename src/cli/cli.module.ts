import { Module } from '@nestjs/common';
import { AdminModule } from '../admin/admin.module.js';
import { UsersModule } from '../users/users.module.js';
import { CommandRunner } from './command-runner.js';
import { KeyCommands } from './commands/key.commands.js';
import { SessionCommands } from './commands/session.commands.js';
import { UserCommands } from './commands/users.commands.js';

/** Commands for operators on the server's machine. */
@Module({
  imports: [AdminModule, UsersModule],
  providers: [CommandRunner, UserCommands, SessionCommands, KeyCommands],
  exports: [CommandRunner],
})
export class CliModule {}
