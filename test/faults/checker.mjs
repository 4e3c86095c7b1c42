// @ts-check
/**
 * Is told of each revoke when it is called and when it is answered, and of each request when it is sent
 * and when it is answered. A request sent after the answer of a revoke, with a token from before it,
 * must be refused; one with a token that nothing speaks against must not be.
 */
import { Accounts } from './accounts.mjs';

/**
 * @typedef {import('./accounts.mjs').Token} Token
 *
 * @typedef {object} Exchange a request and its answer
 * @property {string} node
 * @property {string} path
 * @property {number} sentAt
 * @property {number} status
 * @property {string} [code]
 */

export class Checker extends Accounts {
  counts = { requests: 0, accepted: 0, refused: 0, unavailable: 0, unanswered: 0, other: 0 };
  /** How many requests came with a token that had to be refused, and were. */
  deadRefused = 0;
  bogusRefused = 0;
  explainedRefusals = 0;
  /** @type {Map<string, number>} stale accepts, by node */
  staleAt = new Map();

  /** @param {import('./accounts.mjs').Violation['kind']} kind */
  count(kind) {
    return this.violations.filter((one) => one.kind === kind).length;
  }

  /** @param {Token} token @param {Exchange} exchange */
  answered(token, exchange) {
    this.#tally(exchange.status);
    const { node, path, sentAt, status, code = '' } = exchange;
    this.trace.add(`${status}`, token.user, `${path} on ${node} ${code} v${token.version}`, sentAt);
    const isDead = token.deadAt < sentAt;
    if (status >= 200 && status < 300 && isDead) {
      const late = (sentAt - token.deadAt).toFixed(1);
      const text = `${node} accepted version ${token.version} (${token.session}) on ${path}, sent ${late} ms after the revoke was answered`;
      this.staleAt.set(node, (this.staleAt.get(node) ?? 0) + 1);
      this.violate('stale', token.user, text);
    }
    if (status !== 401) return;
    if (isDead) this.deadRefused += 1;
    const isKnownReason = code === 'token_revoked' || code === 'session_revoked';
    if (token.doomedAt < Infinity && isKnownReason) this.explainedRefusals += isDead ? 0 : 1;
    else {
      const text = `${node} refused version ${token.version} (${token.session}) on ${path} with ${code}`;
      this.violate('false refusal', token.user, text);
    }
  }

  /** Something that nobody ever issued, or whose time is over. @param {string} what @param {Exchange} exchange */
  bogusAnswered(what, { node, path, status }) {
    this.#tally(status);
    if (status === 401) this.bogusRefused += 1;
    if (status >= 200 && status < 300)
      this.violate('unchecked', '', `${node} let in ${what} on ${path}`);
  }

  /** A process ended that nobody had ended. @param {string} node @param {string} words its last */
  crashed(node, words) {
    this.violate('crash', '', `${node} ended by itself and said last:\n${words}`);
  }

  /** @param {string} user @param {string} text */
  uncheckedAccept(user, text) {
    this.violate('unchecked', user, text);
  }

  /** @param {number} status */
  #tally(status) {
    this.counts.requests += 1;
    if (status === 0) this.counts.unanswered += 1;
    else if (status < 300) this.counts.accepted += 1;
    else if (status === 401) this.counts.refused += 1;
    else if (status === 503) this.counts.unavailable += 1;
    else this.counts.other += 1;
  }
}
