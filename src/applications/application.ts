/** A registered program (RFC 6749 "client") whose users sign in here, or a service that checks their tokens. */
export interface Application {
  /** `client_id`, chosen by the administrator. */
  readonly id: string;
  readonly name: string;
  /** Goes into `aud` of its tokens: the service they are for. */
  readonly audience: string;
  /** Exact origins (scheme, host, port) that browsers may call from. */
  readonly allowedOrigins: readonly string[];
  readonly policy: SessionPolicy;
  /** A service that may introspect, refresh and follow revocations for the tokens meant for it. */
  readonly resourceServer: boolean;
  /** A disabled application's sessions are ended and nobody can log in to it. */
  readonly enabled: boolean;
  /** `client_ver` of its tokens; only grows. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Seconds, all of them. */
export interface SessionPolicy {
  /** Lifetime of a token, which is the session's idle timeout. 10 to 86,400. */
  readonly accessTokenTtl: number;
  /** A token older than this is replaced on the next response. 0 to below `accessTokenTtl`. */
  readonly refreshAfter: number;
  /** The session's absolute end after login. At least `accessTokenTtl`, at most 30 days. */
  readonly sessionTtl: number;
  /** How long before an end a client warns. Below `accessTokenTtl`. */
  readonly warnBefore: number;
}

/** The application of a login that names none. Made at first start with the policy of the environment. */
export const defaultApplicationId = 'default';
