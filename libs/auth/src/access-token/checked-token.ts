import { subjectsOf, type NamedVersion, type Subject } from '../revocation/subject.js';
import type { AccessTokenClaims } from './claims.js';
import { TokenPrincipal, type Principal } from './principal.js';
import type { SharedValues } from './shared-values.js';

/** A token as it was signed: by this process, or by the server that was asked for it. */
export interface MintedToken {
  readonly token: string;
  /** The value of the header that carries it, made once. */
  readonly authorization: string;
  readonly claims: AccessTokenClaims;
}

/** A token whose spelling, signature and claims were verified; not yet whether it was revoked. */
export interface CheckedToken extends MintedToken {
  readonly kid: string;
  readonly principal: Principal;
  /** What must still stand for the token to hold. */
  readonly subjects: readonly NamedVersion[];
}

/** The token is a part of the header's text, so that both are kept once. */
export function toMinted(token: string, claims: AccessTokenClaims): MintedToken {
  const authorization = `Bearer ${token}`;
  return { token: authorization.slice(7), authorization, claims };
}

/**
 * What is kept of a token for as long as it is used, for each user that is active: as little as can be.
 * Members that this release knows nothing of are left out.
 */
export function toChecked(
  { token, authorization, claims }: MintedToken,
  kid: string,
  shared: SharedValues,
): CheckedToken {
  const own = Object.freeze({
    iss: shared.text(claims.iss),
    sub: claims.sub,
    aud: shared.list(claims.aud),
    client_id: shared.text(claims.client_id),
    iat: claims.iat,
    exp: claims.exp,
    auth_time: claims.auth_time,
    session_exp: claims.session_exp,
    sid: claims.sid,
    jti: claims.jti,
    ver: claims.ver,
    client_ver: claims.client_ver,
    issuer_ver: claims.issuer_ver,
    roles: shared.list(claims.roles),
  });
  return Object.freeze({
    token,
    authorization,
    kid: shared.text(kid),
    claims: own,
    principal: new TokenPrincipal(own),
    // The user's and the session's are the token's own; the others stand in many.
    subjects: subjectsOf(own, kid).map((named) => (isOwn(named[0]) ? named : shared.named(named))),
  });
}

const isOwn = (subject: Subject): boolean => subject.startsWith('u:') || subject.startsWith('s:');
