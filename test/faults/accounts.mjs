// @ts-check
/** What every token may still do, by what was called and what was answered; all by one clock. */
import { claimsOf } from './claims.mjs';
import { Trace } from './trace.mjs';

/**
 * @typedef {object} Token
 * @property {string} text
 * @property {string} user
 * @property {string} session
 * @property {string} application
 * @property {number} version of the user
 * @property {number} knownAt
 * @property {number} doomedAt from here on it may be refused: a revoke was called; Infinity before
 * @property {number} deadAt from here on it must be refused: a revoke was answered; Infinity before
 *
 * @typedef {object} Account
 * @property {Token[]} tokens
 * @property {number} version the highest that was acknowledged
 * @property {number} unsettledUntil a revoke without an answer may still happen until then
 * @property {Set<Revoke>} pending
 *
 * @typedef {object} Revoke
 * @property {string} what
 * @property {string} node
 * @property {number} calledAt
 * @property {readonly string[]} users
 * @property {(token: Token) => boolean} covers
 * @property {number} floor the first user's acknowledged version when it was called
 *
 * @typedef {object} Violation
 * @property {'stale' | 'unchecked' | 'lost' | 'false refusal' | 'crash'} kind
 * @property {string} text
 */

/** A commit that was held up happens within 30 s of its announcement, or never. */
const unsettledMs = 60_000;
const maxTokensOfUser = 60;

export class Accounts {
  /** @type {Map<string, Account>} */
  accounts = new Map();
  /** @type {Violation[]} */
  violations = [];

  /** @param {() => number} now monotonic, in milliseconds */
  constructor(now) {
    this.now = now;
    this.trace = new Trace(now);
  }

  /** @param {string} user @returns {Account} */
  account(user) {
    let account = this.accounts.get(user);
    if (!account) {
      account = { tokens: [], version: 0, unsettledUntil: 0, pending: new Set() };
      this.accounts.set(user, account);
    }
    return account;
  }

  /**
   * @param {string} text
   * @param {number} askedAt when the login was sent
   * @returns {Token}
   */
  issued(text, askedAt) {
    const { sub: user, sid: session, client_id: application, ver: version } = claimsOf(text);
    const account = this.account(user);
    const knownAt = this.now();
    const token = { text, user, session, application, version, knownAt };
    /** @type {Token} */
    const issued = { ...token, doomedAt: Infinity, deadAt: Infinity };
    const mayBeHit = [...account.pending].some((revoke) => revoke.covers(issued));
    if (mayBeHit || knownAt < account.unsettledUntil) issued.doomedAt = knownAt;
    if (version < account.version) {
      issued.deadAt = knownAt;
      issued.doomedAt = knownAt;
    }
    account.tokens.push(issued);
    // The newest of the dead tell most; those that still hold are never forgotten.
    if (account.tokens.length > maxTokensOfUser) {
      const oldestDead = account.tokens.findIndex(({ deadAt }) => deadAt < Infinity);
      account.tokens.splice(Math.max(0, oldestDead), 1);
    }
    this.trace.add('token', user, `version ${version}, session ${session}, asked for at`, askedAt);
    return issued;
  }

  /** @param {Token} from @param {string} text a newer one of the same session, out of an answer */
  slid(from, text) {
    const known = this.account(from.user).tokens.find((token) => token.text === text);
    if (known) return known;
    const { ver, sid } = claimsOf(text);
    if (ver !== from.version || sid !== from.session) {
      this.violate(
        'unchecked',
        from.user,
        `a token of version ${from.version} became one of ${ver}`,
      );
    }
    const token = this.issued(text, this.now());
    // What ended the session ended this one too, although it was not known then.
    token.doomedAt = Math.min(token.doomedAt, from.doomedAt);
    token.deadAt = Math.min(token.deadAt, from.deadAt);
    return token;
  }

  /**
   * @param {string} what
   * @param {string} node
   * @param {readonly string[]} users
   * @param {(token: Token) => boolean} [covers] which of their tokens; all unless told
   * @returns {Revoke}
   */
  revokeCalled(what, node, users, covers = () => true) {
    const floor = this.account(users[0] ?? '').version;
    const revoke = { what, node, users, covers, floor, calledAt: this.now() };
    for (const user of users) {
      const account = this.account(user);
      account.pending.add(revoke);
      for (const token of account.tokens) {
        if (covers(token)) token.doomedAt = Math.min(token.doomedAt, revoke.calledAt);
      }
      this.trace.add('call', user, `${what} on ${node}`);
    }
    return revoke;
  }

  /**
   * It answered success: what was issued before it was called holds no more.
   *
   * @param {Revoke} revoke
   * @param {{ version?: number, users?: readonly string[] }} [answer] version of the user; which users
   */
  revokeAnswered(revoke, { version, users = revoke.users } = {}) {
    const now = this.now();
    for (const user of users) {
      const account = this.account(user);
      for (const token of account.tokens) {
        const isEarlier = token.knownAt < revoke.calledAt || token.version < (version ?? 0);
        if (isEarlier && revoke.covers(token)) {
          token.deadAt = Math.min(token.deadAt, now);
          token.doomedAt = Math.min(token.doomedAt, now);
        }
      }
      if (version !== undefined) {
        this.seen(user, version, revoke.floor + 1);
        account.version = Math.max(account.version, version);
      }
      this.trace.add('ok', user, `${revoke.what} on ${revoke.node}`, revoke.calledAt, version);
    }
    this.#forget(revoke);
  }

  /** It answered success and promises nothing about earlier tokens: a reactivation. */
  changeAnswered(/** @type {Revoke} */ revoke) {
    for (const user of revoke.users) {
      this.trace.add('ok', user, `${revoke.what} on ${revoke.node}`, revoke.calledAt);
    }
    this.#forget(revoke);
  }

  /** No answer, or one that says nothing for certain: it may have happened, or happen later. */
  revokeUnknown(/** @type {Revoke} */ revoke, /** @type {string} */ why) {
    for (const user of revoke.users) {
      this.account(user).unsettledUntil = this.now() + unsettledMs;
      this.trace.add('unknown', user, `${revoke.what} on ${revoke.node}: ${why}`);
    }
    this.#forget(revoke);
  }

  /**
   * The server's word on a user is never older than what was acknowledged before it was asked.
   *
   * @param {string} user
   * @param {number} version
   * @param {number} atLeast
   */
  seen(user, version, atLeast) {
    if (version >= atLeast) return;
    this.lost(user, `version ${version} is told, and ${atLeast} at least was acknowledged`);
  }

  /** @param {string} user @param {string} text */
  lost(user, text) {
    this.violate('lost', user, text);
  }

  /** @param {Violation['kind']} kind @param {string} user @param {string} text */
  violate(kind, user, text) {
    const around = this.violations.length < 5 ? `\n${this.trace.around(user)}` : '';
    this.violations.push({ kind, text: `${kind.toUpperCase()}: ${text}${around}` });
  }

  /** @param {Revoke} revoke */
  #forget(revoke) {
    for (const user of revoke.users) this.account(user).pending.delete(revoke);
  }
}
