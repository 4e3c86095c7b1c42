// @ts-check
/** People, their sessions and what they did. Each row follows from its number and the seed alone. */
import { Random } from '../../test/support/cluster/random.mjs';
import { agents, applicationIds, endings, failures, firstNames, lastNames } from './words.mjs';

/**
 * @typedef {import('../../src/users/users.store.js').NewUser} NewUser
 * @typedef {import('../../src/tokens/sessions/session.js').Session} Session
 * @typedef {import('../../src/audit/audit-entry.js').AuditEntry} AuditEntry
 * @typedef {import('../../src/applications/application.js').Application} Application
 *
 * @typedef {object} Setup
 * @property {number} seed
 * @property {number} users
 * @property {number} now
 * @property {string} passwordHash
 */

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const sessionMs = 8 * hourMs;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const policy = { accessTokenTtl: 600, refreshAfter: 10, sessionTtl: 28_800, warnBefore: 120 };

export class Generator {
  #setup;

  /** @param {Setup} setup */
  constructor(setup) {
    this.#setup = setup;
  }

  /** @returns {Application[]} */
  applications() {
    const at = new Date(this.#setup.now);
    return applicationIds.slice(1).map((id) => ({
      id,
      name: `Seeded ${id}`,
      audience: id,
      allowedOrigins: [],
      policy,
      resourceServer: false,
      enabled: true,
      version: 1,
      createdAt: at,
      updatedAt: at,
    }));
  }

  /**
   * @param {number} n
   * @returns {NewUser}
   */
  user(n) {
    const random = this.#randomOf(1, n);
    const id = toId(random);
    const first = random.pick(firstNames);
    const last = random.pick(lastNames);
    const createdAt = this.#ago(random, 730 * dayMs);
    const isSuspended = random.chance(0.04);
    const at = new Date(random.between(createdAt.getTime(), this.#setup.now));
    const email = `${first}.${last}${n}@seed${this.#setup.seed}.example`;
    return {
      id,
      email: email
        .normalize('NFD')
        .replace(/[^\w.@]/g, '')
        .toLowerCase(),
      displayName: `${first} ${last}`,
      status: isSuspended ? 'suspended' : 'active',
      roles: random.pickWeighted([
        [90, []],
        [8, ['editor']],
        [2, ['auditor', 'editor']],
      ]),
      tokenVersion: 1,
      createdAt,
      updatedAt: isSuspended ? at : createdAt,
      suspension: isSuspended ? { reason: 'seeded', by: 'cli', at } : null,
      passwordHash: this.#setup.passwordHash,
    };
  }

  /**
   * Three of five are live, for up to eight hours: longer than the idle timeout would leave them.
   *
   * @param {number} n
   * @returns {Session}
   */
  session(n) {
    const random = this.#randomOf(2, n);
    const { now } = this.#setup;
    const id = toId(random);
    const state = random.pickWeighted([
      [3, 'live'],
      [1, 'expired'],
      [1, 'ended'],
    ]);
    const created = now - random.between(0, state === 'live' ? sessionMs : 6 * dayMs);
    const expires = created + sessionMs;
    const seen = random.between(created, Math.min(now, expires));
    const idle = state === 'live' ? expires : Math.min(seen + 600_000, expires, now);
    const userId = this.#someUser(random);
    return {
      id,
      userId,
      application: random.pick(applicationIds),
      createdAt: new Date(created),
      openedWith: { user: 1, application: 1, issuer: 1 },
      expiresAt: new Date(expires),
      idleExpiresAt: new Date(idle),
      lastSeenAt: new Date(seen),
      ip: toAddress(random),
      userAgent: random.pick(agents),
      end:
        state === 'ended' ? { at: new Date(seen), reason: random.pick(endings), by: userId } : null,
    };
  }

  /**
   * The earliest first.
   *
   * @param {number} n
   * @param {number} count
   * @returns {AuditEntry}
   */
  entry(n, count) {
    const random = this.#randomOf(3, n);
    const { now } = this.#setup;
    const at = new Date(now - 30 * dayMs * (1 - (n + random.next()) / count));
    const userId = this.#someUser(random);
    const isFailure = random.chance(0.1);
    return {
      id: toId(random),
      at,
      actor: isFailure ? { type: 'anonymous', id: null } : { type: 'user', id: userId },
      action: isFailure
        ? 'session.login'
        : random.pick(['session.login', 'session.logout', 'user.update']),
      target: { type: 'user', id: userId },
      result: isFailure ? 'failure' : 'success',
      reason: isFailure ? random.pick(failures) : null,
      ip: toAddress(random),
      requestId: toId(random),
      changes: null,
      revocation: null,
    };
  }

  /** @param {Random} random */
  #someUser(random) {
    return toId(this.#randomOf(1, Math.floor(random.next() * this.#setup.users)));
  }

  /** @param {Random} random @param {number} span */
  #ago(random, span) {
    return new Date(this.#setup.now - random.between(0, span));
  }

  /** @param {number} kind @param {number} n */
  #randomOf(kind, n) {
    const mixed = Math.imul(this.#setup.seed + 1, 0x9e3779b1) ^ Math.imul(n + 1, 0x85ebca6b);
    return new Random(mixed ^ Math.imul(kind, 0xc2b2ae35));
  }
}

/** @param {Random} random */
function toId(random) {
  return Array.from({ length: 24 }, () => letters.charAt(Math.floor(random.next() * 62))).join('');
}

/** Of the documentation's and the private ranges. @param {Random} random */
function toAddress(random) {
  if (random.chance(0.2)) return `2001:db8::${Math.floor(random.next() * 4_096).toString(16)}`;
  return `10.${Math.floor(random.next() * 16)}.${Math.floor(random.next() * 256)}.${Math.floor(random.next() * 256)}`;
}
