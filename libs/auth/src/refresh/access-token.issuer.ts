import type { CheckedToken, MintedToken } from '../access-token/checked-token.js';

/** Keeps a token that was just signed, and answers it as it is kept. `replaced` is of the same session. */
export type MintListener = (minted: MintedToken, kid: string, replaced?: string) => MintedToken;

/** Makes the next token of a session. The server signs; other services ask it. */
export abstract class AccessTokenIssuer {
  private keep: MintListener = (minted) => minted;

  /** Called before the handler runs, so that an issuer elsewhere can be asked beside it. */
  prepare(_checked: CheckedToken): void {
    // An issuer with its own key has nothing to prepare.
  }

  /**
   * The session's freshest token for a token that was checked: itself, one minted earlier, or a new
   * one. It carries the versions of the token that was checked, never versions read again, so that a
   * revoke in between kills it too. Null when there is none to give; never throws.
   */
  abstract refresh(checked: CheckedToken): MintedToken | null | Promise<MintedToken | null>;

  /** For whoever verifies in this process: what was signed here need not be verified. */
  onMint(keep: MintListener): void {
    this.keep = keep;
  }

  /** To be called with each token that was signed here, by the key `kid`. */
  protected minted(...signed: Parameters<MintListener>): MintedToken {
    return this.keep(...signed);
  }
}
