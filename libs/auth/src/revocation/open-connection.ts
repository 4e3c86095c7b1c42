import type { CheckedToken } from '../access-token/checked-token.js';
import type { Clock } from '../clock.js';
import { refusalOf, type TokenVersions } from './check/token-versions.js';
import type { Subject } from './subject.js';

/** Why a connection was ended. `unknown`: whether the token still holds cannot be said any more. */
export type EndReason = 'token_revoked' | 'session_revoked' | 'session_expired' | 'unknown';

/** A stream or socket that outlives the request that opened it. */
export interface OpenConnection {
  /**
   * Whether something may be sent now; asked before each write. Ends the connection when not.
   * A promise only when memory does not know.
   */
  mayWrite(): boolean | Promise<boolean>;
  /** To be called when it was closed from the other side. */
  forget(): void;
}

/** One of them, as `OpenConnections` has it. */
export class Connection implements OpenConnection {
  private isOpen = true;

  constructor(
    readonly token: CheckedToken,
    private readonly versions: TokenVersions,
    private readonly time: Pick<Clock, 'now'>,
    private readonly registry: { end(reason: EndReason): void; forget(): void },
  ) {}

  mayWrite(): boolean | Promise<boolean> {
    if (!this.isOpen) return false;
    if (this.time.now() >= this.token.claims.session_exp * 1000) {
      return this.finish('session_expired');
    }
    try {
      const verdict = this.versions.check(this.token);
      if (!(verdict instanceof Promise)) return this.goesOn(verdict);
      return verdict.then(
        (known) => this.goesOn(known),
        () => this.finish('unknown'),
      );
    } catch {
      return this.finish('unknown');
    }
  }

  forget(): void {
    this.isOpen = false;
    this.registry.forget();
  }

  /** An event says that less than `version` does not hold, or soon will not. */
  revoked(subject: Subject, version: number): void {
    const named = this.token.subjects.find(([name]) => name === subject)?.[1];
    if (named === undefined || named >= version) return;
    this.finish(refusalOf(subject));
  }

  /** @returns false, as what may no longer be written to. */
  finish(reason: EndReason): false {
    if (this.isOpen) {
      this.isOpen = false;
      this.registry.end(reason);
    }
    return false;
  }

  private goesOn(verdict: Awaited<ReturnType<TokenVersions['check']>>): boolean {
    return verdict === 'current' ? this.isOpen : this.finish(verdict);
  }
}
