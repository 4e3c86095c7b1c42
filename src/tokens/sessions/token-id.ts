/**
 * The id of a token begins with a part of its session's: whoever has a `jti` from a log finds the session,
 * and no token need be stored for it. As long as any other id, as each token is kept in memory.
 */

/** 95 bits: enough to tell sessions apart. */
const ofSession = 16;
/** 41 bits: enough to tell the tokens of one session apart. */
const ofToken = 7;

export const toTokenId = (sessionId: string, random: string): string =>
  `${sessionId.slice(0, ofSession)}.${random.slice(0, ofToken)}`;

/** How the session's id begins; null for what is no token's id. */
export const sessionPrefixOf = (tokenId: string): string | null =>
  /^([A-Za-z0-9]{16})\.[A-Za-z0-9]{7}$/.exec(tokenId)?.[1] ?? null;
