import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '@portcullis/auth';
import { Environment } from '../../config/environment.js';
import { KeysService } from '../keys/keys.service.js';
import { jwksSchema, metadataSchema } from './standard-answers.schemas.js';

/** Caches may keep both for five minutes: a new key is published long before it signs. */
const cacheable = 'public, max-age=300';

@ApiTags('standards')
@Public()
@Controller('.well-known')
export class MetadataController {
  constructor(
    @Inject(KeysService) private readonly keys: KeysService,
    @Inject(Environment) private readonly environment: Environment,
  ) {}

  /** RFC 7517; public parts only. */
  @ApiOperation({ summary: 'RFC 7517: the public keys' })
  @Get('jwks.json')
  @ApiOkResponse({ schema: jwksSchema })
  @Header('cache-control', cacheable)
  async jwks(): Promise<{ keys: object[] }> {
    const published = await this.keys.published();
    const keys = published.map(({ kid, publicJwk: { kty, crv, x, y } }) => ({
      kty,
      crv,
      x,
      y,
      kid,
      use: 'sig',
      alg: 'ES256',
    }));
    return { keys };
  }

  /** RFC 8414; only what exists is listed, so there is no authorization or token endpoint. */
  @ApiOperation({ summary: 'RFC 8414: what this server offers' })
  @Get('oauth-authorization-server')
  @ApiOkResponse({ schema: metadataSchema })
  @Header('cache-control', cacheable)
  metadata(): Record<string, unknown> {
    const issuer = this.environment.issuerUrl;
    const methods = ['client_secret_basic'];
    return {
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      introspection_endpoint: `${issuer}/oauth/introspect`,
      introspection_endpoint_auth_methods_supported: methods,
      revocation_endpoint: `${issuer}/oauth/revoke`,
      revocation_endpoint_auth_methods_supported: methods,
      response_types_supported: [],
      grant_types_supported: [],
      service_documentation: `${issuer}/docs`,
    };
  }
}
