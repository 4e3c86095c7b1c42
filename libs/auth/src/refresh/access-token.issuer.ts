import type { CheckedToken } from '../access-token/principal.js';

/** Makes the next token of a session. The server signs; other services ask it. */
export abstract class AccessTokenIssuer {
  /** Called before the handler runs, so that an issuer elsewhere can be asked beside it. */
  prepare(_checked: CheckedToken): void {
    // An issuer with its own key has nothing to prepare.
  }

  /**
   * The session's freshest token for a token that was checked: itself, one minted earlier, or a new
   * one. It carries the versions of the token that was checked, never versions read again, so that a
   * revoke in between kills it too. Null when there is none to give; never throws.
   */
  abstract refresh(checked: CheckedToken): string | null | Promise<string | null>;
}
