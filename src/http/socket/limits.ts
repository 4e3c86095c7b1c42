/** How much, how long and how many: nothing that a client sends is unbounded. */
export interface HttpLimits {
  /** Of a body, counted as it comes, whatever Content-Length says. Beyond: 413. */
  readonly bodyBytes: number;
  /** Of the request line and all header fields together. Beyond: 431. */
  readonly headerBytes: number;
  /** Of one parameter in a path. Beyond: 414. */
  readonly parameterCharacters: number;
  /** For the header fields to come, from the first byte or from the opening of a connection. Beyond: 408. */
  readonly headersTimeoutMs: number;
  /** For a whole request to come; not less than `headersTimeoutMs`. Beyond: 408. */
  readonly requestTimeoutMs: number;
  /** How often connections are checked for the two above: how late they may be noticed. */
  readonly timeoutCheckMs: number;
  /** An idle connection stays open this long: longer than the proxies in front keep theirs, or they meet resets. */
  readonly keepAliveTimeoutMs: number;
  /** A connection on which nothing moves while an answer is due is dropped; event streams have heartbeats. */
  readonly idleTimeoutMs: number;
  /** Connections at a time; further ones are closed at once. */
  readonly connections: number;
}

export const defaultHttpLimits: HttpLimits = {
  bodyBytes: 64 * 1024,
  headerBytes: 16 * 1024,
  parameterCharacters: 200,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 15_000,
  timeoutCheckMs: 2_000,
  keepAliveTimeoutMs: 72_000,
  idleTimeoutMs: 120_000,
  connections: 10_000,
};
