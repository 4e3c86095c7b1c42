import type { CheckedToken } from '../access-token/principal.js';
import { TokenVersions, type TokenVerdict } from '../token-versions/token-versions.js';
import type { IssuerClient } from './issuer-client.js';

/**
 * Asks the server at every check (RFC 7662). Two requests never share an answer: one that was asked for
 * before a request arrived may be older than a revoke that was confirmed in between.
 */
export class IntrospectionTokenVersions extends TokenVersions {
  constructor(private readonly client: IssuerClient) {
    super();
  }

  override async check(token: CheckedToken): Promise<TokenVerdict> {
    const answer = await this.client.post('/oauth/introspect', { token: token.token });
    return answer['active'] === true ? 'current' : 'token_revoked';
  }
}
