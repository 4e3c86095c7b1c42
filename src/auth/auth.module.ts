import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccountController } from './account.controller.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { SessionController } from './session.controller.js';

/** Logs people in and out. (The library's module that checks tokens is SharedAuthModule.) */
@Module({
  imports: [UsersModule, ApplicationsModule, TokensModule],
  controllers: [AuthController, SessionController, AccountController],
  providers: [AuthService],
})
export class AuthModule {}
