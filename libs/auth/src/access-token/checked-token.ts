import {
  named,
  type NamedSubjects,
  type NamedVersion,
  type Subject,
} from '../revocation/subject.js';
import { knownClaims, type AccessTokenClaims } from './claims.js';
import { payloadOf } from './compact-jws.js';
import { TokenPrincipal, type Principal } from './principal.js';
import type { CommonSubjects, SharedValues } from './shared-values.js';

/** What is asked of a token at every request, under the claims' own names. */
type HotClaims = Pick<
  AccessTokenClaims,
  'client_id' | 'sid' | 'iat' | 'exp' | 'ver' | 'client_ver' | 'issuer_ver'
>;

/** A token as it was signed: by this process, or by the server that was asked for it. */
export interface MintedToken extends HotClaims {
  readonly token: string;
  /** The value of the header that carries it, made once. */
  readonly authorization: string;
  /** All of them. Of a token that is kept they are read from its text, anew at each look. */
  readonly claims: AccessTokenClaims;
}

/** The token is a part of the header's text, so that both are kept once. */
export function toMinted(token: string, claims: AccessTokenClaims): MintedToken {
  const authorization = `Bearer ${token}`;
  const { client_id, sid, iat, exp, ver, client_ver, issuer_ver } = claims;
  const hot = { client_id, sid, iat, exp, ver, client_ver, issuer_ver };
  return { ...hot, token: authorization.slice(7), authorization, claims };
}

/**
 * A token whose spelling, signature and claims were verified; not yet whether it was revoked. Kept for
 * each user that is active, so as little as can be: the header's text, what is asked at every request,
 * and, once for many, what many have in common. All else is in the text.
 */
export class CheckedToken implements MintedToken, NamedSubjects {
  readonly token: string;
  readonly authorization: string;
  readonly principal: Principal;
  readonly iat: number;
  readonly exp: number;
  readonly ver: number;
  readonly #user: Subject;
  readonly #session: Subject;
  readonly #common: CommonSubjects;

  /** @param former of the same session, whose subjects' names are known in memory already. */
  constructor(
    { token, authorization, claims }: MintedToken,
    kid: string,
    shared: SharedValues,
    former?: CheckedToken,
  ) {
    const isSame = former?.sid === claims.sid && former.principal.subject === claims.sub;
    this.token = token;
    this.authorization = authorization;
    this.iat = claims.iat;
    this.exp = claims.exp;
    this.ver = claims.ver;
    this.#user = isSame ? former.#user : named('u', claims.sub);
    this.#session = isSame ? former.#session : named('s', claims.sid);
    this.#common = shared.subjects(claims, kid);
    // As parts of the names, so that the text of each is kept once.
    const ids = { sub: this.#user.slice(2), sid: this.#session.slice(2) };
    this.principal = new TokenPrincipal({ ...claims, ...ids }, shared, this);
    Object.freeze(this);
  }

  get client_id(): string {
    return this.principal.clientId;
  }

  get sid(): string {
    return this.principal.sessionId;
  }

  get client_ver(): number {
    return this.#common[0][1];
  }

  get issuer_ver(): number {
    return this.#common[1][1];
  }

  /** Frozen. Members that this release knows nothing of are left out. */
  get claims(): AccessTokenClaims {
    return knownClaims(payloadOf(this.token));
  }

  get subjects(): readonly NamedVersion[] {
    return [[this.#user, this.ver], ...this.#common, [this.#session, 1]];
  }

  subjectAt(index: number): Subject | undefined {
    if (index === 0) return this.#user;
    return index === 4 ? this.#session : this.#common[index - 1]?.[0];
  }

  versionAt(index: number): number | undefined {
    if (index === 0) return this.ver;
    return index === 4 ? 1 : this.#common[index - 1]?.[1];
  }
}
