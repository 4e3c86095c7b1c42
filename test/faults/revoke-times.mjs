// @ts-check
/** How long revokes took from call to answer, apart for when all was well and when it was not. */

/** @typedef {{ count: number, p50: number, p99: number, max: number }} Figures */

export class RevokeTimes {
  /** @type {number[]} */
  healthy = [];
  /** @type {number[]} */
  faulty = [];
  /** @type {Map<string, number>} answered, by kind */
  kinds = new Map();
  /** @type {Map<string, number[]>} of those when all was well: until each kind of node had refused, as the answer says */
  acknowledged = new Map();
  /** @type {Map<string, number>} not answered with success, by what there was instead */
  failures = new Map();
  reactivations = 0;
  /** Answers that say of a node that its lease ended. */
  endedLeases = 0;
  /** @type {Map<string, number>} the same by node */
  silent = new Map();
  #quietSince;

  /** @param {() => number} quietSince since when nothing is wrong; Infinity while something is */
  constructor(quietSince) {
    this.#quietSince = quietSince;
  }

  get count() {
    return this.healthy.length + this.faulty.length;
  }

  /** @param {string} what @param {number} calledAt @param {any} revocation */
  answered(what, calledAt, revocation) {
    add(this.kinds, what);
    const list = calledAt > this.#quietSince() ? this.healthy : this.faulty;
    list.push(performance.now() - calledAt);
    /** @type {{ id: string, kind: string, acknowledgedAfterMs?: number, leaseEnded?: true }[]} */
    const nodes = revocation?.nodes ?? [];
    if (list === this.healthy) {
      for (const { kind, acknowledgedAfterMs } of nodes) {
        if (acknowledgedAfterMs !== undefined) push(this.acknowledged, kind, acknowledgedAfterMs);
      }
      if (revocation) push(this.acknowledged, 'all', revocation.durationMs);
    }
    const ended = nodes.filter(({ leaseEnded }) => leaseEnded);
    if (ended.length > 0) this.endedLeases += 1;
    for (const { kind, id } of ended) add(this.silent, `${kind} ${id.slice(-6)}`);
  }

  /** @param {string} what @param {string} status */
  failed(what, status) {
    add(this.failures, `${what}: ${status}`);
  }

  reactivated() {
    this.reactivations += 1;
  }
}

/** @param {readonly number[]} times @returns {Figures} by nearest rank */
export function figuresOf(times) {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (/** @type {number} */ share) => sorted[Math.ceil(share * sorted.length) - 1] ?? NaN;
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}

/** @param {Map<string, number>} counts @param {string} key */
const add = (counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1);

/** @param {Map<string, number[]>} lists @param {string} key @param {number} value */
function push(lists, key, value) {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
