import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  CurrentToken,
  CurrentUser,
  SkipRefresh,
  type CheckedToken,
  type Principal,
} from '@portcullis/auth';
import type { FastifyReply } from 'fastify';
import { Origin, type RequestOrigin } from '../http/request-origin.js';
import { AddressThrottleGuard } from '../throttle/address-throttle.guard.js';
import { AuthService } from './auth.service.js';
import { ChangePasswordDto } from './dto/credentials.dto.js';
import { OwnSessionResponse, OwnSessionsResponse } from './dto/session.response.js';
import { setAccessToken } from './set-access-token.js';

/** What of a user's own account has to do with sessions: the password, and the list of them. */
@ApiTags('account')
@ApiBearerAuth()
@Controller('users/me')
export class AccountController {
  constructor(@Inject(AuthService) private readonly auth: AuthService) {}

  /** The interceptor would offer the old token's successor, which the change has just revoked. */
  @ApiOperation({ summary: 'Changes the password and ends every other session' })
  @SkipRefresh()
  @UseGuards(AddressThrottleGuard)
  @Post('password')
  @HttpCode(204)
  async changePassword(
    @CurrentToken() checked: CheckedToken,
    @Body() body: ChangePasswordDto,
    @Origin() origin: RequestOrigin,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const minted = await this.auth.changePassword(checked, body, origin);
    setAccessToken(reply, minted.token);
  }

  @ApiOperation({ summary: 'The user’s live sessions' })
  @Get('sessions')
  @ApiOkResponse({ type: OwnSessionsResponse })
  async sessions(@CurrentUser() principal: Principal): Promise<OwnSessionsResponse> {
    const sessions = await this.auth.ownSessions(principal);
    return new OwnSessionsResponse(
      sessions.map((session) => new OwnSessionResponse(session, principal.sessionId)),
    );
  }

  @ApiOperation({ summary: 'Ends one of the user’s sessions' })
  @Delete('sessions/:id')
  @HttpCode(204)
  async endSession(
    @CurrentUser() principal: Principal,
    @Param('id') id: string,
    @Origin() origin: RequestOrigin,
  ): Promise<void> {
    await this.auth.endOwnSession(principal, id, origin);
  }
}
