import type { MintedToken } from '../access-token/checked-token.js';
import type { AccessTokenClaims } from '../access-token/claims.js';
import { Generations } from '../generations.js';

/** Whether a token is old enough to be replaced. */
export function isDueForRefresh(
  claims: AccessTokenClaims,
  nowMs: number,
  refreshAfterSeconds: number,
): boolean {
  return nowMs >= (claims.iat + refreshAfterSeconds) * 1000;
}

/** The newest token of each session that this process has seen or made. Bounded by count. */
export class FreshestTokens {
  private readonly bySession: Generations<string, MintedToken>;

  constructor(max = 50_000) {
    this.bySession = new Generations(max);
  }

  /**
   * The newest token of the checked token's session that carries the same versions, itself included.
   * One with other versions is not handed out: after a password change the old token must not be
   * traded for the new one.
   */
  newest(checked: MintedToken): MintedToken {
    const known = this.bySession.get(checked.claims.sid);
    if (known === undefined || !haveSameVersions(known.claims, checked.claims)) return checked;
    return known.claims.exp > checked.claims.exp ||
      (known.claims.exp === checked.claims.exp && known.claims.iat > checked.claims.iat)
      ? known
      : checked;
  }

  remember(minted: MintedToken): void {
    this.bySession.set(minted.claims.sid, minted);
  }
}

function haveSameVersions(a: AccessTokenClaims, b: AccessTokenClaims): boolean {
  return a.ver === b.ver && a.client_ver === b.client_ver && a.issuer_ver === b.issuer_ver;
}
