import { Body, Controller, Header, Headers, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiBasicAuth, ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AccessTokenError, Public } from '@portcullis/auth';
import { Origin, type RequestOrigin } from '../../http/request-origin.js';
import { introspectionSchema, refreshSchema } from './standard-answers.schemas.js';
import { TokenFormDto } from './token-form.dto.js';
import { OAuthService } from './oauth.service.js';

/** The standard endpoints, by the RFCs' own names. Callers authenticate as applications. */
@ApiTags('standards')
@ApiBasicAuth()
@ApiConsumes('application/x-www-form-urlencoded')
@Public()
@Controller('oauth')
export class OAuthController {
  constructor(@Inject(OAuthService) private readonly oauth: OAuthService) {}

  /** RFC 7662. */
  @ApiOperation({ summary: 'RFC 7662: whether a token is good now, and what it says' })
  @Post('introspect')
  @ApiOkResponse({ schema: introspectionSchema })
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async introspect(
    @Headers('authorization') authorization: string | undefined,
    @Body() body: TokenFormDto,
    @Origin() origin: RequestOrigin,
  ): Promise<Record<string, unknown>> {
    const caller = await this.oauth.authenticate(authorization, origin.ip);
    const checked = await this.oauth.introspect(caller, body.token);
    if (checked === null) return { active: false };
    return { active: true, token_type: 'Bearer', ...checked.claims };
  }

  /** For resource servers: the session's freshest token, on behalf of the one that they were shown. */
  @ApiOperation({ summary: 'For resource servers: the session’s freshest token' })
  @Post('refresh')
  @ApiOkResponse({ schema: refreshSchema })
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async refresh(
    @Headers('authorization') authorization: string | undefined,
    @Body() body: TokenFormDto,
    @Origin() origin: RequestOrigin,
  ): Promise<Record<string, unknown>> {
    const caller = await this.oauth.authenticate(authorization, origin.ip);
    const { token, expiresIn } = await this.oauth.refresh(caller, body.token);
    return { access_token: token, token_type: 'Bearer', expires_in: expiresIn };
  }

  /** RFC 7009, by the application it was issued to or by whoever holds the token itself. */
  @ApiOperation({ summary: 'RFC 7009: ends the session of a token' })
  @Post('revoke')
  @ApiOkResponse({ description: 'Nothing is in it.' })
  @HttpCode(200)
  async revoke(
    @Headers('authorization') authorization: string | undefined,
    @Body() body: TokenFormDto,
    @Origin() origin: RequestOrigin,
  ): Promise<void> {
    const bearer = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (bearer !== undefined) {
      if (bearer !== body.token) throw new AccessTokenError('token_invalid');
      await this.oauth.revoke(() => true, body.token, { type: 'anonymous', id: null }, origin);
      return;
    }
    const caller = await this.oauth.authenticate(authorization, origin.ip);
    const actor = { type: 'application', id: caller.id } as const;
    await this.oauth.revoke(
      ({ claims }) => claims.client_id === caller.id,
      body.token,
      actor,
      origin,
    );
  }
}
