import type { MintedToken } from '../access-token/checked-token.js';
import { Generations } from '../generations.js';

/** Whether a token is old enough to be replaced. */
export function isDueForRefresh(
  minted: MintedToken,
  nowMs: number,
  refreshAfterSeconds: number,
): boolean {
  return nowMs >= (minted.iat + refreshAfterSeconds) * 1000;
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
    const known = this.bySession.get(checked.sid);
    if (known === undefined || !haveSameVersions(known, checked)) return checked;
    return known.exp > checked.exp || (known.exp === checked.exp && known.iat > checked.iat)
      ? known
      : checked;
  }

  remember(minted: MintedToken): void {
    this.bySession.set(minted.sid, minted);
  }
}

function haveSameVersions(a: MintedToken, b: MintedToken): boolean {
  return a.ver === b.ver && a.client_ver === b.client_ver && a.issuer_ver === b.issuer_ver;
}
