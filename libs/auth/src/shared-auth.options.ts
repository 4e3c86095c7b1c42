import type { VerificationKeys } from './access-token/verification-keys.js';
import type { Clock } from './clock.js';
import type { AccessTokenIssuer } from './refresh/access-token.issuer.js';
import type { TokenVersions } from './revocation/check/token-versions.js';
import type { OpenConnections } from './revocation/open-connections.js';

/** What `AuthModule.forRoot` takes. A service of yours gives `issuer` and `client`; the rest has defaults. */
export interface SharedAuthOptions {
  /** `iss` of the tokens and address of the server, as its `ISSUER_URL` says, without a trailing slash. */
  readonly issuer: string;
  /** This service as an application with `resourceServer: true`: how it authenticates to the server. */
  readonly client?: { readonly id: string; readonly secret: string };
  /** What `aud` of a token must contain. @default client.id */
  readonly audience?: string;
  /** Age at which a token is replaced on the next answer, in seconds; 0 to 3,600. @default 10 */
  readonly refreshAfterSeconds?: number;
  /** How long the server may take to answer, in milliseconds; 50 to 30,000. @default 2000 */
  readonly requestTimeoutMs?: number;
  /** Verified tokens remembered, about 1.2 kB each; 1 to 10,000,000. @default 50000 */
  readonly maxVerifiedTokens?: number;
  /** The time. @default the system's clock */
  readonly clock?: Clock;
  /**
   * The Redis of the auth server, for a service in the same network: revokes are heard a few milliseconds
   * earlier, and versions that other nodes read need not be read again. @default none
   */
  readonly redisUrl?: string;
  /** Own ports instead of the server's HTTP routes: all or none. The server itself uses them. */
  readonly ports?: SharedAuthPorts;
}

export interface SharedAuthPorts {
  readonly keys: VerificationKeys;
  readonly versions: TokenVersions;
  readonly accessTokenIssuer: AccessTokenIssuer;
  /** Streams and sockets. @default ended when `versions` says so, asked every five seconds */
  readonly connections?: OpenConnections;
  /** Called when the application starts and before it stops. Unset: whoever made the ports does it. */
  readonly lifecycle?: { start(): Promise<void>; stop(): Promise<void> };
}

/** The options with every default filled in and every range checked. */
export abstract class ResolvedOptions {
  abstract readonly issuer: string;
  abstract readonly audience: string;
  abstract readonly maxVerifiedTokens: number;
  abstract readonly clock: Clock;
  abstract readonly keys: VerificationKeys;
  abstract readonly versions: TokenVersions;
  abstract readonly connections: OpenConnections;
  abstract readonly accessTokenIssuer: AccessTokenIssuer;
  abstract readonly lifecycle?: SharedAuthPorts['lifecycle'];
}
