import { Body, Controller, Get, HttpCode, Inject, Post, Res, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  CurrentToken,
  CurrentUser,
  Public,
  SkipRefresh,
  type CheckedToken,
  type Principal,
} from '@portcullis/auth';
import type { FastifyReply } from 'fastify';
import { Origin, type RequestOrigin } from '../http/request-origin.js';
import { AddressThrottleGuard } from '../throttle/address-throttle.guard.js';
import { UserEnvelope } from '../users/dto/user.response.js';
import { AuthService } from './auth.service.js';
import { LoginDto, RegisterDto } from './dto/credentials.dto.js';
import { LoginResponse } from './dto/session.response.js';
import { setAccessToken } from './set-access-token.js';

/** Sign-up, log-in, log-out. */
@ApiTags('sessions')
@Controller('auth')
export class AuthController {
  constructor(@Inject(AuthService) private readonly auth: AuthService) {}

  @ApiOperation({ summary: 'Makes an account' })
  @Public()
  @UseGuards(AddressThrottleGuard)
  @Post('register')
  @ApiCreatedResponse({ type: UserEnvelope })
  async register(
    @Body() body: RegisterDto,
    @Origin() origin: RequestOrigin,
  ): Promise<UserEnvelope> {
    return new UserEnvelope(await this.auth.register(body, origin));
  }

  @ApiOperation({
    summary: 'Opens a session; the token is in the body and in the Authorization header',
  })
  @Public()
  @UseGuards(AddressThrottleGuard)
  @Post('login')
  @HttpCode(200)
  @ApiOkResponse({ type: LoginResponse })
  async login(
    @Body() body: LoginDto,
    @Origin() origin: RequestOrigin,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoginResponse> {
    const { minted, application, user } = await this.auth.login(body, origin);
    setAccessToken(reply, minted.token);
    return new LoginResponse(minted, application.policy.warnBefore, user);
  }

  @ApiOperation({ summary: 'Ends this session' })
  @ApiBearerAuth()
  @SkipRefresh()
  @Post('logout')
  @HttpCode(204)
  async logout(
    @CurrentUser() principal: Principal,
    @Origin() origin: RequestOrigin,
  ): Promise<void> {
    await this.auth.logout(principal, origin);
  }

  @ApiOperation({ summary: 'Ends every session of the user, this one too' })
  @ApiBearerAuth()
  @SkipRefresh()
  @Post('logout-all')
  @HttpCode(204)
  async logoutAll(
    @CurrentUser() principal: Principal,
    @Origin() origin: RequestOrigin,
  ): Promise<void> {
    await this.auth.logoutEverywhere(principal, origin);
  }

  /** For reverse proxies (nginx `auth_request`, Traefik, Envoy): 204 and who it is, in headers. */
  @ApiOperation({ summary: 'For reverse proxies: 204 and who it is, in X-Auth-* headers' })
  @ApiBearerAuth()
  @Get('verify')
  @HttpCode(204)
  verify(
    @CurrentToken() { principal }: CheckedToken,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): void {
    reply.header('x-auth-subject', principal.subject);
    reply.header('x-auth-session', principal.sessionId);
    reply.header('x-auth-roles', principal.roles.join(','));
    reply.header('x-auth-application', principal.clientId);
  }
}
