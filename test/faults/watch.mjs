// @ts-check
/** Asks one node the same question again and again, and notes when the answer changes. */

const everyMs = 10;
const giveUpMs = 30_000;

export class Watch {
  #node;
  #token;

  /** @param {import('../support/cluster/cluster-node.mjs').ClusterNode} node @param {string} token */
  constructor(node, token) {
    this.#node = node;
    this.#token = token;
  }

  /** A route that needs nothing after the check. */
  once() {
    const path = this.#node.kind === 'service' ? '/orders' : '/auth/verify';
    return this.#node.client.get(path, this.#token, giveUpMs);
  }

  /** @param {number} since @returns {Promise<number>} after how many milliseconds */
  untilRefused(since) {
    return this.#untilStatus(since, (status) => status === 401);
  }

  /** @param {number} since @returns {Promise<number>} after how many milliseconds */
  untilAccepted(since) {
    return this.#untilStatus(since, (status) => status === 200 || status === 204);
  }

  /** @param {number} end when to stop */
  async until(end) {
    const seen = { lastAcceptedAt: -Infinity, firstUnavailableAt: Infinity };
    /** @type {string[]} */
    const others = [];
    while (performance.now() < end) {
      const sentAt = performance.now();
      const { status, failure } = await this.once();
      if (status === 200 || status === 204) seen.lastAcceptedAt = sentAt;
      else if (status === 503) seen.firstUnavailableAt = Math.min(seen.firstUnavailableAt, sentAt);
      else others.push(failure ?? String(status));
      await sleep(everyMs);
    }
    return { ...seen, others };
  }

  /** @param {number} since @param {(status: number) => boolean} isIt */
  async #untilStatus(since, isIt) {
    let last = '';
    while (performance.now() < since + giveUpMs) {
      const { status, failure } = await this.once();
      if (isIt(status)) return performance.now() - since;
      last = failure ?? String(status);
      await sleep(everyMs);
    }
    throw new Error(`${this.#node.name} still answers ${last}`);
  }
}

const sleep = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));
