/** How often credentials may be tried, and why (ASVS 6.1.1, 6.3.1). */

export interface Limit {
  readonly attempts: number;
  /** Counted from the first attempt; when it is over the count begins anew. */
  readonly windowMs: number;
}

/**
 * Attempts of any outcome from one address (one /64 in IPv6: a home has that many), for each credential
 * route. Enough for an office behind one address; too few to try a list of stolen passwords, to ask
 * which e-mail addresses have an account, or to keep argon2 busy.
 */
export const addressLimit: Limit = { attempts: 30, windowMs: 60_000 };

/**
 * Failed attempts on one account, from all addresses together that it was never signed in from: 960
 * guesses a day, where a password that passes the policy takes millions. The window is short enough
 * that a person who mistyped ten times waits, and calls nobody.
 */
export const accountLimit: Limit = { attempts: 10, windowMs: 15 * 60_000 };

/**
 * Failed attempts on one account from one address that it was signed in from lately. These are counted
 * apart, so that nobody elsewhere can lock a user out of the place he works at.
 */
export const knownAddressLimit: Limit = accountLimit;

/** How long an address is known after a sign-in from it. */
export const knownAddressMs = 30 * 24 * 3_600_000;

/** Wrong secrets of one application from one address that are answered as wrong. */
export const clientLimit: Limit = { attempts: 10, windowMs: 15 * 60_000 };
