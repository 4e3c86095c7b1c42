import { Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Clock,
  CurrentToken,
  isPassive,
  OpenConnections,
  SkipRefresh,
  type CheckedToken,
} from '@portcullis/auth';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Produces } from '../http/negotiation.js';
import { SessionStreams, type StreamLimits } from '../http/session-streams.js';
import { AccessTokenMinter } from '../tokens/issuer/access-token.minter.js';
import { UsersService } from '../users/users.service.js';
import { passiveExtension } from './auth.errors.js';
import { CurrentSessionResponse, SessionResponse, TokenResponse } from './dto/session.response.js';
import { setAccessToken } from './set-access-token.js';

/** Each of a page's streams is one of the node's 10,000 connections; some are left for requests. */
export const pageStreams: StreamLimits = { perSession: 16, perNode: 8_000 };

/** The session that asks: how long it has, and keeping it alive. */
@ApiTags('sessions')
@ApiBearerAuth()
@Controller('auth/session')
export class SessionController {
  private readonly streams: SessionStreams;

  constructor(
    @Inject(AccessTokenMinter) private readonly minter: AccessTokenMinter,
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(OpenConnections) connections: OpenConnections,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    this.streams = new SessionStreams(connections, pageStreams);
  }

  /** With `Session-Activity: passive` a peek that slides nothing. */
  @ApiOperation({ summary: 'How long the session has; passive it is a peek' })
  @Get()
  @ApiOkResponse({ type: CurrentSessionResponse })
  async current(
    @CurrentToken() checked: CheckedToken,
    @Req() request: FastifyRequest,
  ): Promise<CurrentSessionResponse> {
    const user = await this.users.get(checked.principal.subject);
    // What the interceptor will attach is what the answer speaks of.
    if (!isPassive(request)) this.minter.refresh(checked);
    const { newest, policy } = this.minter.newest(checked);
    const expiresIn = Math.max(0, Math.floor(newest.claims.exp - this.clock.now() / 1000));
    const session = new SessionResponse(newest.claims, policy.warnBefore);
    return new CurrentSessionResponse(session, user, expiresIn);
  }

  /** "I am still here": a new token whatever the age of the old one. */
  @ApiOperation({ summary: 'A new token whatever the age of the old one' })
  @SkipRefresh()
  @Post('extend')
  @HttpCode(200)
  @ApiOkResponse({ type: TokenResponse })
  extend(
    @CurrentToken() checked: CheckedToken,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): TokenResponse {
    if (isPassive(request)) throw passiveExtension();
    const minted = this.minter.extend(checked);
    setAccessToken(reply, minted.token);
    return new TokenResponse(minted, this.minter.newest(checked).policy.warnBefore);
  }

  /**
   * Says when the session ends, in the moment in which it does. Always passive: a page that is only open
   * is no activity. Whoever is told should ask once more: a revoke may still fail after it was announced.
   */
  @ApiOperation({
    summary: 'Server-sent events: `ended` with a code when the session ends, then it closes',
  })
  @ApiOkResponse({ content: { 'text/event-stream': { schema: { type: 'string' } } } })
  @Produces('text/event-stream')
  @SkipRefresh()
  @Get('events')
  events(@CurrentToken() checked: CheckedToken, @Res() reply: FastifyReply): void {
    this.streams.open(checked, reply);
  }
}
